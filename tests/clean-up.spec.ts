import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { call, postJson } from "./e2e/support/api";
import { removeMade } from "./e2e/support/clean-up";
import { createUpload, outcomeOf, uploadDirectly } from "./e2e/support/direct-uploads";
import { uploadImage } from "./e2e/support/images";
import { nothingMade } from "./e2e/support/made";
import { putRecord } from "./e2e/support/records";
import { viewRendition } from "./e2e/support/renditions";
import { type Stack, storedImages, storedResults } from "./e2e/support/stack";
import { type FailingRun, sharedRun } from "./support/failing-run";
import { makeImage } from "./support/images";

/** All that the stack keeps. */
async function contentsOf(stack: Stack): Promise<string[]> {
  const { recordsTable: TableName } = stack.outputs;
  const records = await stack.documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
  const ids = (records.Items ?? []).map(({ id }) => `record ${String(id)}`).sort();
  return [...(await storedImages(stack)), ...(await storedResults(stack)), ...ids];
}

describe("the end-to-end suite, when it ends", function () {
  this.timeout(120_000);
  let run: FailingRun;

  before(async () => {
    run = await sharedRun();
  });

  it("leaves a stack as it found it", async () => {
    const { stack } = run;
    // What others have made.
    const other: Stack = { ...stack, made: nothingMade() };
    await uploadImage(other, { userId: "ada", tags: { a: "b" } });
    await createUpload(other, { size: 9 });
    await postJson(other, "/process", { id: "theirs" });
    const { recordsTable: TableName } = stack.outputs;
    await stack.documents.send(new PutCommand({ TableName, Item: { id: "theirs" } }));
    const found = await contentsOf(stack);
    await useAll(stack);
    assert.notDeepEqual(await contentsOf(stack), found);
    assert.deepEqual(await removeMade(stack), []);
    assert.deepEqual(await contentsOf(stack), found);
  });
});

/** Makes of everything one, and of what was deleted a part again. */
async function useAll(stack: Stack): Promise<void> {
  const { imageId } = await uploadImage(stack, { userId: "ada", tags: { a: "b" } });
  await viewRendition(stack, imageId, "?width=4&format=png");
  const removed = await uploadImage(stack, { userId: "ada" });
  await call(stack, `/images/${removed.imageId}`, { method: "DELETE" });
  const late = { Bucket: stack.outputs.imagesBucket, Key: removed.key, Body: "late" };
  await stack.s3.send(new PutObjectCommand(late));
  const { renditionsBucket } = stack.outputs;
  const lateToo = {
    Bucket: renditionsBucket,
    Key: `i/${removed.imageId}/format-png`,
    Body: "late",
  };
  await stack.s3.send(new PutObjectCommand(lateToo));
  await createUpload(stack, { size: 9 });
  await outcomeOf(stack, await uploadDirectly(stack, await makeImage("png"), { tags: { a: "b" } }));
  await outcomeOf(stack, await uploadDirectly(stack, Buffer.from("no image")));
  const id = randomUUID();
  await putRecord(stack, { id, kept: true });
  await postJson(stack, "/process", { id });
}
