import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDb } from "../../handlers/aws/clients";
import { createHandler } from "../../handlers/get-upload";
import type { ImageItem, PendingUpload, RejectedItem } from "../../handlers/images/images-table";
import { useDynamoDb } from "./dynamodb";
import { imagesTable } from "./image-tables";
import { readyItem } from "./ready-item";
import { apiEvent, call, settings, useSdkSettings } from "./support";

describe("get-upload", () => {
  useSdkSettings();
  useDynamoDb(imagesTable);
  const formExpiry = Math.floor(Date.now() / 1000) + 600;
  const day = 24 * 3600;
  const uploadId = randomUUID();
  const stagingKey = `uploads/${uploadId}`;
  const image = readyItem({ imageId: uploadId, userId: "SECRET" });

  const pending: PendingUpload = {
    ...image,
    state: "pending",
    stagingKey,
    sweep: "sweep",
    sweepAfter: "2026-01-02T03:04:05.678Z",
    expiresAt: formExpiry + day,
  };
  const rejection = { code: "TooManyPixels", message: "The image has too many pixels." };
  const rejected: RejectedItem = {
    imageId: uploadId,
    state: "rejected",
    key: image.key,
    stagingKey,
    rejection,
    expiresAt: formExpiry,
  };

  async function get(item: ImageItem) {
    await createDynamoDb().send(new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }));
    return await getById(item.imageId);
  }

  const getById = (id: string) =>
    call(createHandler(settings), apiEvent({ method: "GET", resource: "/uploads/{id}", id }));

  it("says until when a form can be sent", async () => {
    const { statusCode, body, headers, logText } = await get(pending);
    assert.equal(statusCode, 200);
    assert.equal(headers?.["Cache-Control"], "private, no-store");
    const expiresAt = new Date(formExpiry * 1000).toISOString();
    assert.deepEqual(body, { uploadId, status: "pending", expiresAt });
    assert.doesNotMatch(logText, /SECRET/);
  });

  it("says that an object is looked at", async () => {
    const { expiresAt, ...taken } = pending;
    assert.ok(expiresAt);
    assert.deepEqual((await get(taken)).body, { uploadId, status: "pending" });
  });

  it("leads to the image that was made", async () => {
    const { body } = await get({ ...image, stagingKey });
    assert.deepEqual(body, { uploadId, status: "ready", imageId: uploadId });
  });

  it("tells why there is none", async () => {
    const { body } = await get(rejected);
    assert.deepEqual(body, { uploadId, status: "rejected", reason: rejection });
  });

  const gone: Record<string, ImageItem> = {
    "an upload that has expired": { ...pending, expiresAt: 1 },
    "a rejection that has expired": { ...rejected, expiresAt: 1 },
    "an upload that was deleted": {
      imageId: uploadId,
      state: "deleting",
      key: image.key,
      stagingKey,
      sweep: "sweep",
      sweepAfter: pending.sweepAfter,
    },
    "an image that was posted": image,
  };
  for (const [what, item] of Object.entries(gone)) {
    it(`answers 404 for ${what}`, async () => {
      const { statusCode, body } = await get(item);
      assert.deepEqual([statusCode, body.code], [404, "UploadNotFound"]);
    });
  }

  for (const id of [randomUUID(), "1", "__proto__", "..%2F"]) {
    it(`answers 404 for ${id.length === 36 ? "an unknown id" : id}`, async () => {
      const { statusCode, body } = await getById(id);
      assert.deepEqual([statusCode, body.code], [404, "UploadNotFound"]);
    });
  }
});
