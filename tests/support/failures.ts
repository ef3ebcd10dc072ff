import { strict as assert } from "node:assert";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { assertError, postJson } from "../e2e/support/api";
import { type DirectUpload, outcomeOf, uploadDirectly } from "../e2e/support/direct-uploads";
import { tryUpload } from "../e2e/support/images";
import { type Stack, storedImages, storedResults } from "../e2e/support/stack";
import { inTwoDays, sweepAt, sweepCommand } from "../e2e/support/sweep";
import { waitUntil } from "../e2e/support/wait-until";
import type { FailingRun } from "./failing-run";
import { makeImage } from "./images";
import { comeLate } from "./late";

/** How often the SDK tries a call of S3 or of DynamoDB in a function. */
const s3Attempts = 2;
const dynamoDbAttempts = 3;
/** How often Lambda runs a function for an event. */
const runs = 3;

/** Lets all go wrong for which there are grants that nothing else uses. */
export async function failAll(run: FailingRun): Promise<void> {
  await failUpload(run);
  await repeatResult(run);
  await repeatCopy(run);
  await failDirectUpload(run);
  await failSweep(run);
  await comeLate(run);
}

/**
 * Lets an upload fail after its image was published, when the function cannot know that, and checks
 * that it is taken back: but for its row, which is hidden and stays for the sweep.
 */
async function failUpload({ stack, faults }: FailingRun): Promise<void> {
  const before = await storedImages(stack);
  faults.add("TransactWriteItems", "drop", dynamoDbAttempts);
  assertError(await tryUpload(stack, { userId: "failed", tags: { a: "b" } }), 500);
  const added = (await storedImages(stack)).filter((line) => !before.includes(line));
  assert.match(added.join("\n"), /^row .*$/);
  await sweepAt(stack, inTwoDays());
  assert.ok(!(await storedImages(stack)).some((line) => added.includes(line)));
}

/** Lets the answer to a write of a result be lost, and checks that it is written once. */
async function repeatResult({ stack, faults }: FailingRun): Promise<void> {
  const before = await storedResults(stack);
  faults.add("PutObject", "drop", 1);
  const answer = await postJson(stack, "/process", { id: "repeated" });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const key = String(answer.body.s3Key);
  assert.deepEqual(await storedResults(stack), [...before, key, `row ${key}`].sort());
}

/** Lets the answer to a copy of an upload be lost, and checks that one copy is kept. */
async function repeatCopy({ stack, faults }: FailingRun): Promise<void> {
  faults.add("CopyObject", "drop", 1);
  const created = await uploadDirectly(stack, await makeImage("png"));
  assert.equal((await outcomeOf(stack, created)).status, "ready");
  assert.equal((await storedImages(stack, created.uploadId)).length, 2);
}

/**
 * Sends an image directly, and lets the function give up that is to make an image of it, as does, for
 * each copy that it has made, the one that was to look at it.
 */
export async function failDirectUpload({ stack, faults }: FailingRun): Promise<DirectUpload> {
  const failures = await countFailures(stack);
  const copies = runs * s3Attempts;
  faults.add("CopyObject", "drop", copies);
  const created = await uploadDirectly(stack, await makeImage("png"), { tags: { a: "b" } });
  await waitUntil(async () => (await countFailures(stack)) > failures + copies, 60_000);
  return created;
}

/** Lets the sweep give up. */
async function failSweep({ stack, faults }: FailingRun): Promise<void> {
  const failures = await countFailures(stack);
  faults.add("Query", "error", runs * dynamoDbAttempts);
  await stack.lambda.send(sweepCommand(stack, new Date(), "Event"));
  await waitUntil(async () => (await countFailures(stack)) > failures);
}

/** How many messages are in the failure queue. */
async function countFailures({ sqs, outputs }: Stack): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: outputs.failuresQueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}
