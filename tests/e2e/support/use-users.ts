import { atEnd } from "../../support/at-end";
import { maxEnvironments, startLocalRun } from "../../support/local-run";
import { type TokenOf, localTokens } from "../../support/local-tokens";
import { connect, type Stack } from "./stack";

/** A stack whose callers are users, and tokens of theirs. */
export interface UsersStack extends Stack {
  token: TokenOf;
}

/** One run for each config that specs ask for. */
const shared = new Map<string, Promise<UsersStack>>();

/**
 * A local run that takes tokens of its own issuer, which all specs with the same config share.
 *
 * @param config values by key or by path, such as `{"maxImagesPerUser": "3", "allowedOrigins[0]": "…"}`.
 * @returns a function for use inside the tests of this `describe`.
 */
export function useUsers(config: Readonly<Record<string, string>> = {}): () => UsersStack {
  let stack: UsersStack | undefined;
  before("connect to the stack with users", async function () {
    this.timeout(180_000);
    const key = JSON.stringify(Object.entries(config).sort());
    const starting = shared.get(key) ?? startUsers(config);
    shared.set(key, starting);
    stack = await starting;
  });
  return () => {
    if (!stack) {
      throw new Error("The stack is only there inside a test");
    }
    return stack;
  };
}

async function startUsers(config: Readonly<Record<string, string>>): Promise<UsersStack> {
  const values = Object.entries({ oidcIssuer: "local", ...config });
  const run = await startLocalRun([
    // Policies have tests of their own.
    "--no-policy",
    "--config-path",
    `--processes=${maxEnvironments}`,
    ...values.flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ]);
  atEnd(() => run.remove());
  return { ...connect(run.dataDir), token: localTokens(run.dataDir) };
}
