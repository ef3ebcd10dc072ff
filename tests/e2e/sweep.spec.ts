import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { makeImage } from "../support/images";
import { assertError, call } from "./support/api";
import { createUpload, outcomeOf, uploadDirectly } from "./support/direct-uploads";
import { metadataOf, uploadImage } from "./support/images";
import { storedImages, useStack } from "./support/stack";

const daysMs = 24 * 3_600_000;

describe("the sweep", () => {
  const stack = useStack();

  /** Sweeps as EventBridge lets it, at a time of our own. Returns what came of it. */
  async function sweepAt(time: Date): Promise<string | undefined> {
    const event = {
      version: "0",
      id: randomUUID(),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      time: time.toISOString(),
      resources: [],
      detail: {},
    };
    const { FunctionError } = await stack().lambda.send(
      new InvokeCommand({
        FunctionName: stack().outputs.sweepFunction,
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    return FunctionError;
  }

  it("removes uploads that were never used, when their time has come", async () => {
    const { uploadId } = await createUpload(stack(), { size: 1, tags: { a: "b" } });
    const Bucket = stack().outputs.imagesBucket;
    await stack().s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/${uploadId}` }));
    assert.equal(await sweepAt(new Date()), undefined);
    assert.equal((await call(stack(), `/uploads/${uploadId}`)).status, 200);

    assert.equal(await sweepAt(new Date(Date.now() + 2 * daysMs)), undefined);
    assert.deepEqual(await storedImages(stack(), uploadId), []);
    assertError(await call(stack(), `/uploads/${uploadId}`), 404, "UploadNotFound");
  });

  it("finishes deletes, with what was stored late", async () => {
    const created = await uploadDirectly(stack(), await makeImage("png"));
    await outcomeOf(stack(), created);
    const path = `/images/${created.uploadId}`;
    const { key: Key } = metadataOf(await call(stack(), path));
    assert.equal((await call(stack(), path, { method: "DELETE" })).status, 204);
    const Bucket = stack().outputs.imagesBucket;
    await stack().s3.send(new PutObjectCommand({ Bucket, Key, Body: "late" }));
    assert.equal((await storedImages(stack(), created.uploadId)).length, 2);

    assert.equal(await sweepAt(new Date(Date.now() + 2 * daysMs)), undefined);
    assert.deepEqual(await storedImages(stack(), created.uploadId), []);
  });

  it("leaves images alone, whenever", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "e2e-sweep", tags: { a: "b" } });
    const created = await uploadDirectly(stack(), await makeImage("png"));
    await outcomeOf(stack(), created);
    const ids = [imageId, created.uploadId];
    const before = await Promise.all(ids.map((id) => storedImages(stack(), id)));
    assert.equal(await sweepAt(new Date(Date.now() + 1000 * daysMs)), undefined);
    assert.deepEqual(await Promise.all(ids.map((id) => storedImages(stack(), id))), before);
    for (const id of ids) {
      assert.equal((await call(stack(), `/images/${id}`)).status, 200);
    }
  });
});
