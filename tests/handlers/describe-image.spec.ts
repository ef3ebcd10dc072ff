import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import type { S3Event } from "aws-lambda";
import sharp from "sharp";
import { createHandler } from "../../handlers/describe-image";
import { createHandler as createGet } from "../../handlers/get-image";
import { describeImage } from "../../handlers/images/describe";
import { ImageFindings } from "../../handlers/images/image-findings";
import type { ReadyItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { removeRenditions } from "../../handlers/renditions/clear-renditions";
import { ingest } from "../../handlers/uploads/ingest";
import { keepEnvironment } from "../support/environment";
import { makeImage } from "../support/images";
import { type Fate, fated, imageDeps, interleaved, type Outcome, succeeds } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { apiEvent, call, context, logging, settings, useSdkSettings } from "./support";

describe("describe-image", function () {
  this.timeout(60_000);
  useSdkSettings();
  const cloud = useImagesCloud();
  let png: Buffer;
  let folder: string;
  let restore: () => void;

  before(async () => {
    png = await makeImage("png");
    // Of its own, since functions of other runs on this machine use the other.
    folder = await mkdtemp(path.join(tmpdir(), "describe-image-"));
    restore = keepEnvironment();
    process.env.TMPDIR = folder;
  });

  after(async () => {
    restore();
    await rm(folder, { recursive: true });
  });

  function describeDeps(fate?: Fate) {
    const deps = imageDeps(fate);
    const tables = { images: settings.IMAGES_TABLE, tags: settings.TAGS_TABLE };
    return { ...deps, findings: new ImageFindings(deps.dynamoDb, tables), patienceMs: 100 };
  }

  async function upload(image: Buffer) {
    const upload = { image, contentType: undefined, userId: "SECRET", imageName: "n" };
    const tags = { a: "b", c: "d" };
    const deps = { ...imageDeps(), maxBytes: 1_000_000 };
    return (await ingest({ ...upload, tags }, deps, randomUUID())).metadata;
  }

  function event(key: string): S3Event {
    const record = {
      eventTime: new Date().toISOString(),
      s3: { object: { key: encodeURIComponent(key) } },
    };
    return { Records: [record] } as S3Event;
  }

  const run = (key: string) => logging(() => createHandler(settings)(event(key), context));

  const get = (id: string) =>
    call(createGet(settings), apiEvent({ method: "GET", resource: "/images/{id}", id }));

  /** A PNG whose pixels are no more than its header promises. */
  const damaged = async () => {
    const noise = Buffer.from(Array.from({ length: 30_000 }, (_, at) => (at * at * 7) % 256));
    const whole = await sharp(noise, { raw: { width: 100, height: 100, channels: 3 } })
      .png()
      .toBuffer();
    return Buffer.from(whole).fill(0x55, 150, 300);
  };

  it("adds to the metadata how the image looks", async () => {
    const metadata = await upload(png);
    await run(metadata.key);
    const { body } = await get(metadata.imageId);
    const { thumbHash, ...described } = body.metadata as Record<string, unknown>;
    assert.deepEqual(described, {
      ...metadata,
      dominantColor: "#c85028",
      transparent: false,
      frames: 1,
      perceptualHash: "0000000000000000",
    });
    assert.match(String(thumbHash), /^[A-Za-z0-9+/]{6,40}={0,2}$/);
    assert.deepEqual(
      (await readdir(tmpdir())).filter((name) => /^describe-\w{6}$/.test(name)),
      [],
    );
  });

  it("changes nothing when the event comes again", async () => {
    const { imageId, key } = await upload(png);
    await run(key);
    const row = await cloud().row(imageId);
    await run(key);
    assert.deepEqual(await cloud().row(imageId), row);
  });

  it("rejects what cannot be decoded: it leaves lists, tags and renditions, and can be recovered", async () => {
    const { imageId, key } = await upload(await damaged());
    await cloud().storeRendition(imageId);
    await run(key);
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "rejected");
    assert.equal(row.rejection.code, "UnreadableImage");
    assert.match(row.rejection.message, /^The image cannot be decoded: vipspng: /);
    assert.doesNotMatch(JSON.stringify(row), /SECRET/);
    assert.ok(row.expiresAt > Date.now() / 1000 + 30 * 86_400);
    assert.deepEqual([await cloud().tagEntries(), await cloud().renditions()], [[], []]);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
    // The image, and the marker that hides it.
    assert.deepEqual(await cloud().versions(), [key, key]);
    const { statusCode, body } = await get(imageId);
    assert.deepEqual([statusCode, body.code], [404, "ImageRejected"]);
    assert.deepEqual(body.reason, row.rejection);
    await purge(imageId, imageDeps());
    await cloud().assertHidden();
  });

  it("goes on with a rejection that was cut off", async () => {
    const { imageId, key } = await upload(await damaged());
    await cloud().storeRendition(imageId);
    cloud().edge.refusal = "TooManyInvalidationsInProgress";
    await logging(() => assert.rejects(createHandler(settings)(event(key), context), /too much/));
    cloud().edge.refusal = undefined;
    await run(key);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
  });

  it("tells the edge, when it rejects, also of what it could not forget before", async () => {
    const { imageId, key } = await upload(await damaged());
    await cloud().storeRendition(imageId);
    const deps = imageDeps();
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready");
    await removeRenditions(row, deps);
    await run(key);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
    const rejected = await cloud().row(imageId);
    assert.deepEqual([rejected?.state, rejected?.sweep], ["rejected", "renditions"]);
  });

  it("never rejects for what is no fault of the image", async () => {
    const { imageId, key } = await upload(png);
    const before = await cloud().row(imageId);
    for (const name of ["SlowDown", "TimeoutError", "AccessDenied", "InternalError"]) {
      const s3 = mockClient(S3Client);
      s3.rejects(Object.assign(new Error(name), { name }));
      try {
        await logging(() => assert.rejects(createHandler(settings)(event(key), context)));
      } finally {
        s3.restore();
      }
      assert.deepEqual(await cloud().row(imageId), before);
    }
    await run(key);
    assert.ok(((await cloud().row(imageId)) as ReadyItem).thumbHash);
  });

  it("waits for an upload that is under way, and then fails, so that the event comes again", async () => {
    const deps = describeDeps();
    const imageId = randomUUID();
    const key = `images/0/${imageId}.png`;
    const image = { imageId, userId: "u", imageName: "n", contentType: "image/png" };
    await deps.uploads.begin({ ...image, key, size: png.length, tags: {} });
    await assert.rejects(describeImage(key, new Date(), deps), /not an image yet/);
    const described = describeImage(key, new Date(), { ...deps, patienceMs: 20_000 });
    await cloud().store(key, png);
    const etag = await deps.bucket.put(key, png, "image/png");
    const size = { size: png.length, tags: {}, width: 8, height: 8 };
    await deps.publication.publish({ ...image, ...size, key, etag, timestamp: "2026" });
    await described;
    assert.ok(((await cloud().row(imageId)) as ReadyItem).thumbHash);
  });

  it("gives up on an upload that has been under way for longer than any is", async () => {
    const deps = describeDeps();
    const imageId = randomUUID();
    const key = `images/0/${imageId}.png`;
    const image = { imageId, userId: "u", imageName: "n", contentType: "image/png" };
    await deps.uploads.begin({ ...image, key, size: png.length, tags: {} });
    await describeImage(key, new Date(Date.now() - 151_000), deps);
    assert.equal((await cloud().row(imageId))?.state, "pending");
  });

  it("passes over what is no image's object, and images that are deleted", async () => {
    const { imageId, key } = await upload(png);
    await run(`images/other/${imageId}.png`);
    await run("images/a b/ü+.png");
    await run(`images/0/${randomUUID()}.png`);
    await purge(imageId, imageDeps());
    await run(key);
    await cloud().assertHidden();
  });

  it("describes or rejects once, however often it is cut off, and leaves nothing with a delete", async () => {
    const plans: Outcome[][] = [
      ["refused"],
      ["done", "refused"],
      ["done", "done", "answer lost"],
      ["done", "done", "killed"],
      ["done", "done", "done", "killed"],
      ["done", "done", "done", "done", "killed after"],
    ];
    for (const plan of plans) {
      for (const image of [png, await damaged()]) {
        const { imageId, key } = await upload(image);
        await succeeds(describeImage(key, new Date(), describeDeps(fated(plan))));
        await describeImage(key, new Date(), describeDeps());
        const row = await cloud().row(imageId);
        assert.equal(row?.state, image === png ? "ready" : "rejected");
        await purge(imageId, imageDeps());
      }
    }
    await cloud().assertHidden();
    for (const turns of [[0], [1, 1], [1, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]]) {
      const { imageId, key } = await upload(await damaged());
      await interleaved(
        turns,
        (fate) => describeImage(key, new Date(), describeDeps(fate)),
        (fate) => purge(imageId, imageDeps(fate)),
      );
      await purge(imageId, imageDeps());
      await cloud().assertHidden();
    }
  });
});
