import { strict as assert } from "node:assert";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { usedQuota } from "../../../scripts/soak/used-quota";
import { atEnd } from "../../support/at-end";
import { maxEnvironments, startLocalRun } from "../../support/local-run";
import { suiteRequests } from "./budget";
import { removeMade } from "./clean-up";
import { letIn } from "./let-in";
import { withOwnKey } from "./own-key";
import { announceQuota } from "./quota";
import { connect, namedStack, regionOf, type Stack } from "./stack";

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
  const stack = await namedAndAnnounced(outputsFile);
  atEnd(async () => {
    const locked = await removeMade(stack);
    if (locked.length > 0) {
      console.log(`Locked until their retention ends: ${locked.join(", ")}`);
    }
  });
  return stack;
}

async function namedAndAnnounced(outputsFile: string): Promise<Stack> {
  const named = namedStack(outputsFile);
  const stack = await letIn(named, process.env.E2E_TOKEN);
  const isDeployed = named.ca === undefined;
  // What users do counts to the stack's first key.
  const asked = "x-api-key" in stack.credentials ? withOwnKey(stack) : stack;
  const apiKey = asked.credentials["x-api-key"] ?? stack.outputs.apiKey;
  const client = isDeployed ? new APIGatewayClient({ region: regionOf(stack) }) : undefined;
  await announceQuota(apiKey, client, console.log);
  return asked;
}

async function localStack(): Promise<Stack> {
  // Policies have tests of their own.
  const run = await startLocalRun(["--no-policy", `--processes=${maxEnvironments}`]);
  atEnd(async () => {
    await run.stop();
    const used = usedQuota(run.dataDir);
    await run.remove();
    assert.ok(used <= suiteRequests, `The suite used ${used} requests of the quota`);
  });
  return connect(run.dataDir);
}
