import { strict as assert } from "node:assert";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { makeImage } from "../support/images";
import { assertError, call } from "./support/api";
import { createUpload, outcomeOf, uploadDirectly } from "./support/direct-uploads";
import { metadataOf, uploadImage } from "./support/images";
import { storedImages } from "./support/stack";
import { inTwoDays, sweepAt } from "./support/sweep";
import { useStack } from "./support/use-stack";

describe("the sweep", () => {
  const stack = useStack();

  it("removes uploads that were never used, when their time has come", async () => {
    const { uploadId } = await createUpload(stack(), { size: 1, tags: { a: "b" } });
    const Bucket = stack().outputs.imagesBucket;
    await stack().s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/${uploadId}` }));
    await sweepAt(stack(), new Date());
    assert.equal((await call(stack(), `/uploads/${uploadId}`)).status, 200);

    await sweepAt(stack(), inTwoDays());
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

    await sweepAt(stack(), inTwoDays());
    assert.deepEqual(await storedImages(stack(), created.uploadId), []);
  });

  it("leaves images alone", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "e2e-sweep", tags: { a: "b" } });
    const created = await uploadDirectly(stack(), await makeImage("png"));
    await outcomeOf(stack(), created);
    const ids = [imageId, created.uploadId];
    const before = await Promise.all(ids.map((id) => storedImages(stack(), id)));
    await sweepAt(stack(), inTwoDays());
    assert.deepEqual(await Promise.all(ids.map((id) => storedImages(stack(), id))), before);
    for (const id of ids) {
      assert.equal((await call(stack(), `/images/${id}`)).status, 200);
    }
  });
});
