import { atEnd } from "../../support/at-end";
import { startLocalRun } from "../../support/local-run";
import { call } from "./api";
import { removeMade } from "./clean-up";
import { connect, namedStack, type Stack, withToken } from "./stack";

let shared: Promise<Stack> | undefined;

/**
 * The stack under test: the one that `E2E_OUTPUTS` names, which is left as it was found, or a local run
 * that all specs share.
 *
 * @returns a function for use inside the tests of this `describe`.
 */
export function useStack(): () => Stack {
  let stack: Stack | undefined;
  before("connect to the stack", async function () {
    this.timeout(180_000);
    shared ??= sharedStack(process.env.E2E_OUTPUTS);
    stack = await shared;
  });
  return () => {
    if (!stack) {
      throw new Error("The stack is only there inside a test");
    }
    return stack;
  };
}

async function sharedStack(outputsFile: string | undefined): Promise<Stack> {
  if (!outputsFile) {
    return await localStack();
  }
  const stack = await letIn(namedStack(outputsFile), process.env.E2E_TOKEN);
  atEnd(async () => {
    const locked = await removeMade(stack);
    if (locked.length > 0) {
      console.log(`Locked until their retention ends: ${locked.join(", ")}`);
    }
  });
  return stack;
}

async function localStack(): Promise<Stack> {
  // Policies have tests of their own.
  const run = await startLocalRun(["--no-policy"]);
  atEnd(() => run.remove());
  return connect(run.dataDir);
}

/** The stack as the suite is let in: by its API key or, where that is nobody's, by the token of an admin. */
async function letIn(stack: Stack, token: string | undefined): Promise<Stack> {
  const { oidcIssuer } = stack.outputs;
  if (oidcIssuer === undefined || (await call(stack, "/images?limit=1")).status !== 401) {
    return stack;
  }
  if (!token) {
    throw new Error(
      `The stack takes tokens of ${oidcIssuer}, and no API key: set E2E_TOKEN to the token of an admin. ` +
        "Of a local run, npm run token -- --user e2e --admin prints one.",
    );
  }
  const asAdmin = withToken(stack, token);
  const { status, body } = await call(asAdmin, "/me");
  if (status !== 200 || body.isAdmin !== true) {
    throw new Error(
      `E2E_TOKEN is not the token of an admin: GET /me answers ${status} ${JSON.stringify(body)}`,
    );
  }
  return asAdmin;
}
