import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { CopyObjectCommand, type GetObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import type { S3Event } from "aws-lambda";
import sharp from "sharp";
import { createS3 } from "../../handlers/aws/clients";
import { createUpload, type CreateUploadInput } from "../../handlers/create-upload";
import { createHandler } from "../../handlers/finalise-upload";
import { ImagesBucket } from "../../handlers/images/images-bucket";
import type { ReadyItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { finaliseUpload } from "../../handlers/uploads/finalise";
import { insertIntoJpeg, jpegSegment, rareJpegs } from "../support/image-files";
import { makeImage } from "../support/images";
import { imageDeps } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { context, logging, settings, useSdkSettings } from "./support";

describe("finalise-upload", () => {
  useSdkSettings();
  const cloud = useImagesCloud();
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });

  /** @returns the upload's id. */
  async function create(fields: Partial<CreateUploadInput> = {}): Promise<string> {
    const input = {
      contentType: "image/png",
      userId: "SECRET",
      imageName: "n",
      tags: { a: "b" },
      size: png.length,
      ...fields,
    };
    return (await createUpload(input, imageDeps(), randomUUID())).uploadId;
  }

  /** The event of an object that was stored at `key`. */
  async function arrive(key: string, bytes = png): Promise<S3Event> {
    const object = { key: encodeForEvent(key), versionId: await cloud().store(key, bytes) };
    return { Records: [{ s3: { object } }] } as S3Event;
  }

  /** As S3 encodes keys in events. */
  function encodeForEvent(key: string): string {
    return encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
  }

  const finalise = (event: S3Event) => logging(() => createHandler(settings)(event, context));

  /** Sends an object for a new upload. @returns the upload's id, and the log. */
  async function upload(bytes: Buffer, fields: Partial<CreateUploadInput> = {}) {
    const uploadId = await create({ size: bytes.length, ...fields });
    return { uploadId, ...(await finalise(await arrive(`uploads/${uploadId}`, bytes))) };
  }

  it("makes an image of what was sent, with the metadata that was announced", async () => {
    const jpeg = await sharp(png)
      .withExif({ IFD0: { Artist: "someone" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer();
    const { uploadId, logs, logText } = await upload(jpeg, { contentType: "image/jpeg" });
    const row = (await cloud().row(uploadId)) as ReadyItem;
    assert.deepEqual(row, {
      imageId: uploadId,
      state: "ready",
      collection: "images",
      timestamp: row.timestamp,
      userId: "SECRET",
      imageName: "n",
      key: row.key,
      contentType: "image/jpeg",
      size: jpeg.length,
      tags: { a: "b" },
      width: 8,
      height: 8,
      orientation: 8,
      etag: createHash("md5").update(jpeg).digest("hex"),
      stagingKey: `uploads/${uploadId}`,
    });
    assert.deepEqual(await cloud().read(row.key), jpeg);
    assert.deepEqual(await cloud().versions(), [row.key]);
    assert.equal((await cloud().tagEntries()).length, 1);
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["received", "started", "finished"],
    );
    assert.doesNotMatch(logText, /SECRET|images\//);
  });

  it("stores the image without its location if it is to, and says so only if there was one", async () => {
    const gps = { IFD3: { GPSLatitudeRef: "N", GPSMapDatum: "somewhere-1" } };
    const jpeg = await sharp(png).jpeg().withExif(gps).toBuffer();
    const plain = await sharp(png).jpeg().toBuffer();
    const stripping = { ...settings, STRIP_LOCATION: "true" };
    for (const bytes of [jpeg, plain]) {
      const uploadId = await create({ size: bytes.length, contentType: "image/jpeg" });
      const event = await arrive(`uploads/${uploadId}`, bytes);
      await logging(() => createHandler(stripping)(event, context));
      const row = await cloud().row(uploadId);
      assert.ok(row?.state === "ready");
      assert.equal(row.locationRemoved, bytes === jpeg ? true : undefined);
      const stored = await cloud().read(row.key);
      assert.equal(stored.length, bytes.length);
      assert.equal(row.etag, createHash("md5").update(stored).digest("hex"));
      assert.ok(!stored.includes("somewhere-1"));
      assert.equal(stored.equals(bytes), bytes === plain);
    }
    assert.equal((await cloud().versions()).length, 2);
  });

  it("serves the image by the type that was checked, whatever the object says", async () => {
    const { uploadId } = await upload(png);
    const url = await imageDeps().bucket.presign((await cloud().rows())[0]?.key ?? "");
    const response = await fetch(url);
    assert.equal(response.headers.get("content-type"), "image/png", uploadId);
  });

  const bomb = () => {
    const large = Buffer.from(png);
    large.writeUInt32BE(60_000, 16);
    large.writeUInt32BE(60_000, 20);
    return large;
  };
  const refused: Record<string, [string, () => Buffer, Partial<CreateUploadInput>?]> = {
    "is no image": ["ContentTypeMismatch", () => Buffer.from("<script>")],
    "is of another type": ["ContentTypeMismatch", () => png, { contentType: "image/gif" }],
    "claims too many pixels": ["TooManyPixels", bomb],
    "states no size": ["UnreadableImage", () => png.subarray(0, 20)],
    "is cut off": ["UnreadableImage", () => png.subarray(0, -20)],
    "is coded as no decoder knows": [
      "UnsupportedCoding",
      () => rareJpegs.twelveBits,
      { contentType: "image/jpeg" },
    ],
    "has another size than announced": ["SizeMismatch", () => png, { size: 5 }],
  };
  for (const [what, [code, bytes, fields]] of Object.entries(refused)) {
    it(`rejects and removes what ${what}`, async () => {
      const { uploadId, logs } = await upload(bytes(), fields);
      const row = await cloud().row(uploadId);
      assert.ok(row?.state === "rejected");
      assert.equal(row.rejection.code, code);
      assert.ok(row.expiresAt > Date.now() / 1000 + 86_000);
      assert.deepEqual(await cloud().versions(), []);
      assert.doesNotMatch(JSON.stringify(row), /SECRET/);
      assert.equal(logs.at(-1)?.message, "finished");
    });
  }

  it("reads of 40 MB what states the size, and the end, and a piece at a time", async () => {
    const jpeg = await makeImage("jpeg");
    const segments = Array<Buffer>(40).fill(jpegSegment(0xeb, Buffer.alloc(65_000)));
    const pixels = jpeg.length - 2;
    const bytes = Buffer.concat([
      insertIntoJpeg(jpeg.subarray(0, pixels), ...segments),
      Buffer.alloc(40_000_000, 0x5a),
      jpeg.subarray(pixels),
    ]);
    const input = { contentType: "image/jpeg", userId: "u", imageName: "n", tags: {} };
    const deps = { ...imageDeps(), maxBytes: bytes.length };
    const uploadId = randomUUID();
    await createUpload({ ...input, size: bytes.length }, deps, uploadId);
    const key = `uploads/${uploadId}`;
    const versionId = await cloud().store(key, bytes);
    const s3 = createS3();
    const ranges: string[] = [];
    s3.middlewareStack.add(
      (next) => (args) => {
        ranges.push((args.input as GetObjectCommandInput).Range ?? "");
        return next(args);
      },
      { step: "initialize" },
    );
    const bucket = new ImagesBucket(s3, settings.IMAGES_BUCKET);
    await finaliseUpload({ key, versionId }, { ...deps, bucket });
    const row = await cloud().row(uploadId);
    assert.ok(row?.state === "ready");
    assert.deepEqual([row.width, row.height, row.size], [8, 8, bytes.length]);
    const sizes = ranges.filter(Boolean).map((range) => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
      return Number(last) - Number(first) + 1;
    });
    assert.ok(sizes.length > 2 && sizes.every((size) => size <= 4 * 1024 * 1024), ranges.join());
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 10_000_000, ranges.join());
  });

  it("stays with its decision when another object is sent by the same form", async () => {
    const { uploadId } = await upload(Buffer.from("<script>"));
    await finalise(await arrive(`uploads/${uploadId}`));
    assert.equal((await cloud().row(uploadId))?.state, "rejected");
    assert.deepEqual(await cloud().versions(), []);
    const ready = await upload(png);
    const before = await cloud().row(ready.uploadId);
    await finalise(await arrive(`uploads/${ready.uploadId}`, await makeImage("png")));
    assert.deepEqual(await cloud().row(ready.uploadId), before);
    assert.equal((await cloud().versions()).length, 1);
  });

  it("removes what arrives for an upload that was deleted, or never was", async () => {
    const uploadId = await create();
    await purge(uploadId, imageDeps());
    for (const key of [`uploads/${uploadId}`, `uploads/${randomUUID()}`, "uploads/a b/ü+"]) {
      await finalise(await arrive(key));
    }
    assert.deepEqual(await cloud().versions(), []);
    assert.equal((await cloud().row(uploadId))?.state, "deleting");
  });

  it("keeps an upload for another day once its object is looked at", async () => {
    const before = Date.now();
    const uploadId = await create();
    const event = await arrive(`uploads/${uploadId}`);
    const s3 = mockClient(S3Client);
    try {
      s3.rejects(new Error("S3 is away"));
      const { logs } = await logging(() =>
        assert.rejects(createHandler(settings)(event, context), /S3 is away/),
      );
      assert.deepEqual(
        logs.map(({ message }) => message),
        ["received", "started", "failed"],
      );
      assert.equal(s3.commandCalls(CopyObjectCommand).length, 0);
    } finally {
      s3.restore();
    }
    const row = await cloud().row(uploadId);
    assert.ok(row?.state === "pending" && !("expiresAt" in row));
    // Time for an operator to put right what is wrong, and to replay the event.
    assert.ok(Date.parse(row.sweepAfter) >= before + 24 * 60 * 60 * 1000);
    await finalise(event);
    assert.equal((await cloud().row(uploadId))?.state, "ready");
  });
});
