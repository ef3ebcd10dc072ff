import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { makeImage } from "../support/images";
import { assertError, call, download, postJson } from "./support/api";
import {
  createUpload,
  type DirectUpload,
  outcomeOf,
  sendImage,
  untilTaken,
  uploadDirectly,
} from "./support/direct-uploads";
import { listImages, metadataOf, untilDescribed } from "./support/images";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";

describe("a direct upload", () => {
  const stack = useStack();
  let png: Buffer = Buffer.alloc(0);

  before(async () => {
    png = await makeImage("png");
  });

  /** Asserts that S3 refuses what is sent. */
  async function assertRefused(response: Response, status: number, code: string): Promise<void> {
    const text = await response.text();
    assert.equal(response.status, status, text);
    assert.match(text, new RegExp(`<Code>${code}</Code>`));
  }

  it("may be sent by a page of another origin", async () => {
    const { upload } = await createUpload(stack(), { size: png.length });
    const preflight = await fetch(upload.url, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-requested-with",
      },
    });
    assert.equal(preflight.status, 200);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /POST/);
    assert.equal(preflight.headers.get("access-control-allow-headers"), "x-requested-with");
  });

  it("becomes an image like any other, with the same bytes", async () => {
    const userId = `direct-${randomUUID()}`;
    const image = await makeImage("jpeg");
    const created = await uploadDirectly(stack(), image, {
      content_type: "image/jpeg",
      user_id: userId,
      image_name: "写真.jpg",
      tags: { way: "form" },
    });
    const { uploadId: imageId, expiresAt, status, upload } = created;
    assert.deepEqual([status, upload.method], ["pending", "POST"]);
    assert.match(expiresAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(await outcomeOf(stack(), created), {
      uploadId: imageId,
      status: "ready",
      imageId,
    });
    await untilDescribed(stack(), imageId);
    const fetched = await call(stack(), `/images/${imageId}?url=true`);
    const metadata = metadataOf(fetched);
    assert.equal(metadata.imageName, "写真.jpg");
    assert.deepEqual(
      [metadata.size, metadata.contentType, metadata.width, metadata.height],
      [image.length, "image/jpeg", 8, 8],
    );
    const downloaded = await download(stack(), String(fetched.body.url));
    assert.ok(downloaded.body.equals(image));
    assert.equal(downloaded.headers["content-type"], "image/jpeg");
    assert.deepEqual((await listImages(stack(), { userId })).images, [metadata]);
    assert.deepEqual((await listImages(stack(), { userId, tag: "way:form" })).images, [metadata]);
  });

  it("is no image while nothing was sent, and tells until when that can be done", async () => {
    const userId = `waiting-${randomUUID()}`;
    const { uploadId, expiresAt } = await createUpload(stack(), { size: 1, user_id: userId });
    const status = await call(stack(), `/uploads/${uploadId}`);
    assert.deepEqual(status.body, { uploadId, status: "pending", expiresAt });
    assertError(await call(stack(), `/images/${uploadId}`), 404, "ImageNotFound");
    assertError(await call(stack(), `/images/${uploadId}/content`), 404, "ImageNotFound");
    assert.deepEqual((await listImages(stack(), { userId })).images, []);
  });

  it("does not change an image by the same form sent again", async () => {
    const created = await uploadDirectly(stack(), png);
    await outcomeOf(stack(), created);
    const before = await storedImages(stack(), created.uploadId);
    const other = Buffer.from(png).fill(0, png.length - 4);
    assert.equal((await sendImage(created, other)).status, 204);
    await untilTaken(stack(), created.uploadId);
    assert.deepEqual(await storedImages(stack(), created.uploadId), before);
    const fetched = await call(stack(), `/images/${created.uploadId}?url=true`);
    assert.ok((await download(stack(), String(fetched.body.url))).body.equals(png));
  });

  for (const [what, makeFile, body, code] of [
    [
      "HTML",
      () => Promise.resolve(Buffer.from("<!doctype html><script>alert(1)</script>")),
      {},
      "ContentTypeMismatch",
    ],
    ["another format", () => makeImage("gif"), {}, "ContentTypeMismatch"],
    [
      "a header that is cut off",
      async () => (await makeImage("png")).subarray(0, 20),
      {},
      "UnreadableImage",
    ],
    [
      "60,000 × 60,000 pixels",
      async () => {
        const image = await makeImage("png");
        image.writeUInt32BE(60_000, 16);
        image.writeUInt32BE(60_000, 20);
        return image;
      },
      { tags: { too: "large" } },
      "TooManyPixels",
    ],
  ] as const) {
    it(`of ${what} is rejected, says why, and leaves no object`, async () => {
      const created = await uploadDirectly(stack(), await makeFile(), body);
      const { uploadId } = created;
      const { reason, ...rest } = await outcomeOf(stack(), created);
      assert.deepEqual(rest, { uploadId, status: "rejected" });
      assert.equal((reason as { code: string }).code, code);
      assert.match((reason as { message: string }).message, /^The image.*\.$/);
      // Which is there to say why, until it expires.
      assert.deepEqual(await storedImages(stack(), uploadId), [`row ${uploadId}`]);
      assertError(await call(stack(), `/images/${uploadId}`), 404, "ImageRejected");
      await call(stack(), `/images/${uploadId}`, { method: "DELETE" });
    });
  }

  it("is rejected for its size, even if it did not come by the form", async () => {
    const created = await createUpload(stack(), { size: png.length + 1 });
    const object = { Bucket: stack().outputs.imagesBucket, Key: `uploads/${created.uploadId}` };
    await stack().s3.send(new PutObjectCommand({ ...object, Body: png }));
    const { reason } = await outcomeOf(stack(), created);
    assert.deepEqual(reason, {
      code: "SizeMismatch",
      message: `The image has ${png.length} bytes, not ${png.length + 1}.`,
    });
  });

  it("of another size than announced is refused by S3", async () => {
    const created = await createUpload(stack(), { size: png.length });
    const longer = Buffer.concat([png, Buffer.from("x")]);
    await assertRefused(await sendImage(created, longer), 400, "EntityTooLarge");
    await assertRefused(await sendImage(created, png.subarray(1)), 400, "EntityTooSmall");
    assert.deepEqual(await storedImages(stack(), created.uploadId), [`row ${created.uploadId}`]);
  });

  it("of another form than was signed is refused by S3", async () => {
    const created = await createUpload(stack(), { size: png.length });
    const { fields } = created.upload;
    const { Policy = "" } = fields;
    const policy = Buffer.from(Policy, "base64").toString("utf8");
    const later = policy.replace(/"expiration":"\d{4}/, '"expiration":"2999');
    assert.notEqual(later, policy);
    const changes: Record<string, string>[] = [
      { "Content-Type": "text/html" },
      { key: `uploads/${randomUUID()}` },
      { key: `images/${randomUUID()}.png` },
      { acl: "public-read" },
      { "x-amz-meta-note": "not signed" },
      { Policy: Buffer.from(later).toString("base64") },
    ];
    for (const change of changes) {
      const forged: DirectUpload = {
        ...created,
        upload: { ...created.upload, fields: { ...fields, ...change } },
      };
      const response = await sendImage(forged, png);
      assert.equal(response.status, 403, `${JSON.stringify(change)}: ${await response.text()}`);
    }
    assert.deepEqual(await storedImages(stack(), created.uploadId), [`row ${created.uploadId}`]);
  });

  it("that is larger than 100 MB is refused before it is sent", async () => {
    const body = { content_type: "image/png", user_id: "e2e-direct", size: 104_857_601 };
    const answer = await postJson(stack(), "/uploads", body);
    assertError(answer, 413, "ImageTooLarge");
    assert.equal(answer.body.maxBytes, 104_857_600);
  });

  it("that is announced wrongly is refused, with pointers to what is wrong", async () => {
    const body = { content_type: "image/png", user_id: "../a", size: 1.5, tags: { "a/b": 1 } };
    const answer = await postJson(stack(), "/uploads", body);
    assertError(answer, 400, "InvalidRequest");
    const details = answer.body.details as { pointer: string }[];
    const pointers = details.map(({ pointer }) => pointer).sort();
    assert.deepEqual(pointers, ["/size", "/tags/a~1b", "/user_id"]);
    const tiff = { content_type: "image/tiff", user_id: "e2e-direct", size: 1 };
    assertError(await postJson(stack(), "/uploads", tiff), 415, "UnsupportedImageType");
  });

  it("that there is not answers 404", async () => {
    assertError(await call(stack(), `/uploads/${randomUUID()}`), 404, "UploadNotFound");
    assertError(await call(stack(), "/uploads/not-a-uuid"), 404, "UploadNotFound");
  });
});
