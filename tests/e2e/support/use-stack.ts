import { atEnd } from "../../support/at-end";
import { maxEnvironments, startLocalRun } from "../../support/local-run";
import { removeMade } from "./clean-up";
import { letIn } from "./let-in";
import { connect, namedStack, type Stack } from "./stack";

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
  const run = await startLocalRun(["--no-policy", `--processes=${maxEnvironments}`]);
  atEnd(() => run.remove());
  return connect(run.dataDir);
}
