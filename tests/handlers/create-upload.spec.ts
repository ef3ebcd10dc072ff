import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createHandler } from "../../handlers/create-upload";
import { sendForm } from "../../local/tests/aws/s3/presigned-form";
import { limitSettings } from "./callers";
import { usersTable } from "./image-tables";
import { useImagesCloud } from "./images-cloud";
import { call, jsonEvent, type RequestParts, settings, useSdkSettings } from "./support";

describe("create-upload", () => {
  useSdkSettings();
  const cloud = useImagesCloud(usersTable);

  const create = (
    fields: Record<string, unknown> = {},
    parts: RequestParts = {},
    environment: NodeJS.ProcessEnv = settings,
  ) => {
    const body = { content_type: "image/png", user_id: "user-1", size: 4, ...fields };
    return call(createHandler(environment), jsonEvent(body, { resource: "/uploads", ...parts }));
  };

  interface Created {
    uploadId: string;
    expiresAt: string;
    upload: { url: string; method: string; fields: Record<string, string> };
  }

  it("answers with an upload that waits for its object", async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { statusCode, headers, body } = await create({ tags: { a: "b" }, image_name: "ü" });
    assert.equal(statusCode, 201);
    assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
    const { uploadId, expiresAt, upload } = body as unknown as Created;
    assert.deepEqual([body.status, upload.method], ["pending", "POST"]);
    const expiry = Date.parse(expiresAt);
    assert.ok(expiry >= before + 3_600_000 && expiry <= Date.now() + 3_600_000);
    const user = createHash("sha256").update("user-1").digest("hex").slice(0, 32);
    assert.deepEqual(await cloud().row(uploadId), {
      imageId: uploadId,
      state: "pending",
      userId: "user-1",
      imageName: "ü",
      key: `images/${user}/${uploadId}.png`,
      contentType: "image/png",
      size: 4,
      tags: { a: "b" },
      stagingKey: `uploads/${uploadId}`,
      sweep: "sweep",
      sweepAfter: new Date(expiry + 24 * 3_600_000).toISOString(),
      expiresAt: expiry / 1000 + 24 * 3600,
    });
  });

  it("gives a form that stores this object and no other", async () => {
    const { upload, uploadId } = (await create()).body as unknown as Created;
    const { url, fields } = upload;
    const send = (bytes: string, changed: Record<string, string> = {}) =>
      sendForm({ url, fields: { ...fields, ...changed } }, new Blob([bytes]));
    assert.equal((await send("five!")).status, 400);
    assert.equal((await send("3by")).status, 400);
    assert.equal((await send("four", { key: "uploads/other" })).status, 403);
    assert.equal((await send("four", { "Content-Type": "text/html" })).status, 403);
    assert.deepEqual(await cloud().versions(), []);
    assert.equal((await send("four")).status, 204);
    assert.deepEqual(await cloud().versions(), [`uploads/${uploadId}`]);
  });

  it("takes exactly as many bytes as are allowed", async () => {
    assert.equal((await create({ size: 1_000_000 })).statusCode, 201);
    const { statusCode, body } = await create({ size: 1_000_001 });
    assert.deepEqual([statusCode, body.code, body.maxBytes], [413, "ImageTooLarge", 1_000_000]);
  });

  for (const [alias, type] of Object.entries({
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "Image/APNG; q=1": "image/png",
  })) {
    it(`takes ${alias} for ${type}`, async () => {
      const { body } = await create({ content_type: alias });
      const { upload, uploadId } = body as unknown as Created;
      assert.equal(upload.fields["Content-Type"], type);
      const row = await cloud().row(uploadId);
      assert.ok(row?.state === "pending" && row.contentType === type);
    });
  }

  it("takes names in either spelling", async () => {
    const camelCase = { contentType: "image/gif", userId: "u", imageName: "n", size: 4 };
    const handler = createHandler(settings);
    const { statusCode, body } = await call(handler, jsonEvent(camelCase));
    assert.equal(statusCode, 201);
    const row = await cloud().row((body as unknown as Created).uploadId);
    assert.ok(row?.state === "pending" && row.imageName === "n");
    const both = await call(handler, jsonEvent({ ...camelCase, user_id: "v" }));
    assert.deepEqual([both.statusCode, both.body.code], [400, "InvalidRequest"]);
  });

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
    it(`refuses a body that calls itself ${type}`, async () => {
      const { statusCode, body } = await create({}, { headers: { "Content-Type": type } });
      assert.deepEqual([statusCode, body.code], [415, "UnsupportedMediaType"]);
      assert.match(body.error as string, new RegExp(`application/json, and is ${type}`));
    });
  }

  it("refuses image types that are not supported", async () => {
    const { statusCode, body } = await create({ content_type: "image/svg+xml" });
    assert.deepEqual([statusCode, body.code], [415, "UnsupportedImageType"]);
  });

  for (const [what, fields] of Object.entries({
    "no size": { size: undefined },
    "a size of nothing": { size: 0 },
    "a fractional size": { size: 1.5 },
    "a size as text": { size: "4" },
    "an unknown field": { image_data: "AAAA" },
    "a path as user id": { user_id: "../../admin" },
  })) {
    it(`refuses ${what}`, async () => {
      const { statusCode, body } = await create(fields);
      assert.deepEqual([statusCode, body.code], [400, "InvalidRequest"]);
      assert.deepEqual(await cloud().rows(), []);
    });
  }

  it("refuses what is announced to be more than its user may have, and notes nothing", async () => {
    const Item = { userId: "user-1", images: 1, bytes: 297 };
    await cloud().documents.send(new PutCommand({ TableName: usersTable.TableName, Item }));
    const limited = { ...settings, ...limitSettings, CALLERS: "anyone" };
    assert.equal((await create({ size: 3 }, {}, limited)).statusCode, 201);
    const rows = await cloud().rows();
    const { statusCode, body } = await create({ size: 4 }, {}, limited);
    assert.equal(statusCode, 403);
    const { error, requestId, ...rest } = body;
    assert.ok(error && requestId);
    assert.deepEqual(rest, {
      code: "UserLimitReached",
      limit: "bytes",
      maxImages: 2,
      images: 1,
      maxBytes: 300,
      bytes: 297,
      size: 4,
    });
    assert.deepEqual(await cloud().rows(), rows);
  });

  it("logs neither user nor form", async () => {
    const { logText, body } = await create({ user_id: "SECRET" });
    const { fields } = (body as unknown as Created).upload;
    assert.doesNotMatch(logText, /SECRET/);
    assert.ok(!logText.includes(fields["X-Amz-Signature"] ?? assert.fail()));
  });
});
