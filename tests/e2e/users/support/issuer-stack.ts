import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { attackerKey } from "../../../handlers/token-attacks";
import { TestIssuer } from "../../../handlers/token-issuer";
import { tokenKey } from "../../../handlers/token-keys";
import { atEnd } from "../../../support/at-end";
import type { TokenOf } from "../../../support/local-tokens";
import { startWithUsers } from "../../../support/users-run";
import type { UsersStack } from "../../support/use-users";

/** A stack that takes tokens of an issuer whose keys and answers the tests have in hand. */
export interface IssuerStack extends UsersStack {
  issuer: TestIssuer;
  /** A server of whoever attacks, which nobody is to ask for keys. */
  attacker: TestIssuer;
  dataDir: string;
  /** Origin of a page that may read answers, and of one that may not. */
  origins: { allowed: string; other: string };
}

let shared: Promise<IssuerStack> | undefined;

/**
 * The one that all specs share.
 *
 * @returns a function for use inside the tests of this `describe`.
 */
export function useIssuerStack(): () => IssuerStack {
  let stack: IssuerStack | undefined;
  before("connect to the stack with an issuer", async function () {
    this.timeout(180_000);
    shared ??= start();
    stack = await shared;
  });
  return () => {
    if (!stack) {
      throw new Error("The stack is only there inside a test");
    }
    return stack;
  };
}

async function start(): Promise<IssuerStack> {
  const issuer = new TestIssuer(tokenKey("key-1", "RS256"));
  const attacker = new TestIssuer(attackerKey());
  for (const each of [issuer, attacker]) {
    await each.start();
    atEnd(() => each.stop());
  }
  const origins = { allowed: await servePage(), other: await servePage() };
  const allowed = ["https://app.example.com", origins.allowed];
  const run = await startWithUsers(
    Object.fromEntries(allowed.map((origin, index) => [`allowedOrigins[${index}]`, origin])),
    { issuer: issuer.url },
  );
  atEnd(() => run.remove());
  const { stack, dataDir } = run;
  return { ...stack, token: tokensOf(issuer), issuer, attacker, dataDir, origins };
}

/** Tokens of users, as those of a local issuer. */
function tokensOf(issuer: TestIssuer): TokenOf {
  return (sub, { admin = false, expires = 3600, claims = {} } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const role = admin ? { role: "admin" } : {};
    const times = { exp: now + expires, iat: now + Math.min(0, expires), nbf: undefined };
    return Promise.resolve(
      issuer.token({ ...issuer.claims(now), ...times, sub, ...role, ...claims }),
    );
  };
}

const page = readFileSync(join(__dirname, "page.html"));

/** Serves a page with functions that tests call, and gives its origin. */
async function servePage(): Promise<string> {
  const server: Server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
