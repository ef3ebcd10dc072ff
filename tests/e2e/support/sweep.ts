import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { type InvocationType, InvokeCommand } from "@aws-sdk/client-lambda";
import type { Stack } from "./stack";

/**
 * By then, all that waits for the sweep now is due: also uploads of others that are under way, so
 * that the suite is for stacks that nobody else uses.
 */
export const inTwoDays = () => new Date(Date.now() + 2 * 24 * 3_600_000);

/** Sweeps at a time of our own, in the words of EventBridge, and waits until it is done. */
export async function sweepAt(stack: Stack, time: Date): Promise<void> {
  const { FunctionError } = await stack.lambda.send(sweepCommand(stack, time));
  assert.equal(FunctionError, undefined);
}

/** Invokes the sweep. */
export function sweepCommand(
  { outputs }: Stack,
  time: Date,
  invocationType: InvocationType = "RequestResponse",
): InvokeCommand {
  const event = {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    time: time.toISOString(),
    resources: [],
    detail: {},
  };
  return new InvokeCommand({
    FunctionName: outputs.sweepFunction,
    InvocationType: invocationType,
    Payload: Buffer.from(JSON.stringify(event)),
  });
}
