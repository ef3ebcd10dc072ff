import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { makeImage } from "../support/images";
import { type Answer, assertError, call, download } from "./support/api";
import {
  createUpload,
  outcomeOf,
  sendImage,
  untilTaken,
  uploadDirectly,
} from "./support/direct-uploads";
import { listImages, uploadImage } from "./support/images";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";

describe("an image that is deleted", () => {
  const stack = useStack();

  function remove(imageId: string): Promise<Answer> {
    return call(stack(), `/images/${imageId}`, { method: "DELETE" });
  }

  async function assertRemoved(imageId: string): Promise<void> {
    const answer = await remove(imageId);
    assert.equal(answer.status, 204, answer.bytes.toString("utf8"));
    assert.equal(answer.bytes.length, 0);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  }

  it("is gone from every route, and every version of it from bucket and tables", async () => {
    const tag = `gone:${randomUUID()}`;
    const userId = `deletes-${randomUUID()}`;
    const [key = "", value = ""] = tag.split(":");
    const { imageId, key: Key } = await uploadImage(stack(), { userId, tags: { [key]: value } });
    const fetched = await call(stack(), `/images/${imageId}?url=true`);
    const etag = (await call(stack(), `/images/${imageId}`)).headers.get("etag") ?? "";
    // Another version, a delete marker, and what a rendition would be.
    const Bucket = stack().outputs.imagesBucket;
    await stack().s3.send(new PutObjectCommand({ Bucket, Key, Body: "again" }));
    await stack().s3.send(new DeleteObjectCommand({ Bucket, Key }));
    const rendition = Key.replace(/\.png$/, "-200.webp");
    await stack().s3.send(new PutObjectCommand({ Bucket, Key: rendition, Body: "small" }));
    assert.equal((await storedImages(stack(), imageId)).length, 6);

    await assertRemoved(imageId);

    // Its row stays until no rendition can be stored any more; the sweep removes it.
    assert.deepEqual(await storedImages(stack(), imageId), [`row ${imageId}`]);
    assertError(await call(stack(), `/images/${imageId}`), 404, "ImageNotFound");
    const known = { "if-none-match": etag };
    assertError(await call(stack(), `/images/${imageId}`, { headers: known }), 404);
    assertError(await call(stack(), `/images/${imageId}/content`), 404, "ImageNotFound");
    const queries: Record<string, string>[] = [{ userId }, { tag }, { tag, userId }];
    for (const query of queries) {
      assert.deepEqual((await listImages(stack(), query)).images, []);
    }
    const { images } = await listImages(stack(), {});
    assert.ok(!images.some((image) => image.imageId === imageId));
    assert.ok((await download(stack(), String(fetched.body.url))).status >= 400);
  });

  it("was never at the CDN, which serves results alone", async () => {
    const { imageId, key } = await uploadImage(stack(), { userId: "e2e-deletes" });
    const { cdnUrl } = stack().outputs;
    assert.equal((await download(stack(), `${cdnUrl}/${key}`)).status, 404);
    await assertRemoved(imageId);
    assert.equal((await download(stack(), `${cdnUrl}/${key}`)).status, 404);
  });

  it("may be deleted twice, at once, or without ever having been there", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "e2e-deletes" });
    await Promise.all([assertRemoved(imageId), assertRemoved(imageId), assertRemoved(imageId)]);
    await assertRemoved(imageId);
    await assertRemoved(randomUUID());
    assert.deepEqual(await storedImages(stack(), imageId), [`row ${imageId}`]);
  });

  it("leaves all others", async () => {
    const userId = `deletes-${randomUUID()}`;
    const kept = await uploadImage(stack(), { userId, tags: { a: "b" } });
    const { imageId } = await uploadImage(stack(), { userId, tags: { a: "b" } });
    await assertRemoved(imageId);
    assert.deepEqual((await listImages(stack(), { userId, tag: "a:b" })).images, [kept]);
    assert.equal((await call(stack(), `/images/${kept.imageId}/content`)).status, 302);
  });

  it("is known by an id, and by nothing else", async () => {
    for (const id of ["not-a-uuid", "..%2F..%2Fadmin", "%2A"]) {
      assertError(await remove(id), 404, "ImageNotFound");
    }
    assertError(await call(stack(), `/images/${randomUUID()}?all=true`, { method: "DELETE" }), 400);
  });

  it("may have been uploaded directly", async () => {
    const created = await uploadDirectly(stack(), await makeImage("png"), { tags: { a: "b" } });
    await outcomeOf(stack(), created);
    const { uploadId } = created;
    await assertRemoved(uploadId);
    assertError(await call(stack(), `/images/${uploadId}`), 404, "ImageNotFound");
    assertError(await call(stack(), `/uploads/${uploadId}`), 404, "UploadNotFound");
    // Its row stays until no repeated event can store its object again; the sweep removes it.
    assert.deepEqual(await storedImages(stack(), uploadId), [`row ${uploadId}`]);
    await assertRemoved(uploadId);
  });

  it("may be an upload that was never sent, and whose form then makes nothing", async () => {
    const png = await makeImage("png");
    const created = await createUpload(stack(), { size: png.length });
    const { uploadId } = created;
    const Bucket = stack().outputs.imagesBucket;
    await stack().s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/${uploadId}` }));
    await assertRemoved(uploadId);
    assertError(await call(stack(), `/uploads/${uploadId}`), 404, "UploadNotFound");
    assert.deepEqual(await storedImages(stack(), uploadId), [`row ${uploadId}`]);
    assert.equal((await sendImage(created, png)).status, 204);
    await untilTaken(stack(), uploadId);
    assert.deepEqual(await storedImages(stack(), uploadId), [`row ${uploadId}`]);
    assertError(await call(stack(), `/images/${uploadId}`), 404, "ImageNotFound");
  });
});
