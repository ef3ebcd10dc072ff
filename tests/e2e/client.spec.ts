import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Darkroom, DarkroomError, UploadRejectedError } from "../../client/src/index.js";
import { makeImage } from "../support/images";
import { untilDescribed } from "./support/images";
import { noteAnswer } from "./support/made";
import { useStack } from "./support/use-stack";

describe("the client", () => {
  const stack = useStack();
  let png = new Blob([]);

  before(async () => {
    png = new Blob([new Uint8Array(await makeImage("png"))], { type: "image/png" });
  });

  /** What it makes is removed at the end. */
  async function noting(url: string | URL | Request, init?: RequestInit): Promise<Response> {
    const response = await fetch(url, init);
    if (response.headers.get("content-type") === "application/json") {
      noteAnswer(stack().made, {
        body: (await response.clone().json()) as Record<string, unknown>,
      });
    }
    return response;
  }

  function connect(): Darkroom {
    const { "x-api-key": apiKey, authorization } = stack().credentials;
    const token = authorization?.replace(/^Bearer /, "");
    return new Darkroom({
      apiUrl: stack().outputs.apiUrl,
      ...(apiKey && { apiKey }),
      ...(token && { token: () => token }),
      fetch: noting,
    });
  }

  it("asks whether the API answers", async () => {
    assert.deepEqual(await connect().health(), { status: "ok" });
  });

  it("uploads, changes, gets and removes an image", async () => {
    const darkroom = connect();
    const userId = `client-${randomUUID()}`;
    const tags = { album: "first" };
    const { imageId, metadata } = await darkroom.upload(png, { userId, tags });
    assert.deepEqual(
      [metadata.userId, metadata.imageName, metadata.tags, metadata.size],
      [userId, "unnamed", tags, png.size],
    );
    assert.deepEqual(
      Buffer.from(await (await darkroom.content(imageId)).arrayBuffer()),
      Buffer.from(await png.arrayBuffer()),
    );
    await untilDescribed(stack(), imageId);
    const changed = await darkroom.updateImage(imageId, { imageName: "harbour.png" });
    assert.equal(changed.metadata.imageName, "harbour.png");
    const { etag } = await darkroom.getImage(imageId);
    assert.equal(etag, changed.etag);
    const again = await darkroom.updateImage(imageId, { imageName: "port.png" }, { ifMatch: etag });
    assert.equal(again.metadata.imageName, "port.png");
    const stale = darkroom.updateImage(imageId, { imageName: "x" }, { ifMatch: etag });
    await assert.rejects(stale, { name: "DarkroomError", status: 412, code: "PreconditionFailed" });
    const { url } = await darkroom.imageUrl(imageId, { width: 4, format: "webp" });
    assert.match(url, new RegExp(imageId));
    await darkroom.deleteImage(imageId);
    await assert.rejects(darkroom.getImage(imageId), (error) => {
      assert.ok(error instanceof DarkroomError);
      assert.deepEqual([error.status, error.code], [404, "ImageNotFound"]);
      assert.match(error.requestId ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(error.message, "There is no image with this id.");
      return true;
    });
  });

  it("calls an image as its file, unless told otherwise", async () => {
    const darkroom = connect();
    const userId = `client-${randomUUID()}`;
    const file = new File([png], "写真.png", { type: "image/png" });
    assert.equal((await darkroom.upload(file, { userId })).metadata.imageName, "写真.png");
    const direct = await darkroom.uploadDirectly(file, { userId, imageName: "other" });
    assert.equal(direct.metadata.imageName, "other");
  });

  it("goes through all pages of a list", async () => {
    const darkroom = connect();
    const userId = `client-${randomUUID()}`;
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.unshift((await darkroom.upload(png, { userId })).imageId);
    }
    const listed: string[] = [];
    for await (const { imageId } of darkroom.images({ userId, limit: 2 })) {
      listed.push(imageId);
    }
    assert.deepEqual(listed, made);
    const { images, hasMore } = await darkroom.listImages({ userId, limit: 2 });
    assert.deepEqual([images.length, hasMore], [2, true]);
  });

  it("sends an image straight to S3, tells how far it is, and waits until it is one", async () => {
    const userId = `client-${randomUUID()}`;
    const sent: number[] = [];
    const { imageId, metadata } = await connect().uploadDirectly(
      png,
      { userId, tags: { way: "form" } },
      { onProgress: ({ sentBytes, totalBytes }) => sent.push(sentBytes / totalBytes) },
    );
    assert.deepEqual(
      [metadata.imageId, metadata.userId, metadata.tags, metadata.size],
      [imageId, userId, { way: "form" }, png.size],
    );
    assert.equal(sent.at(-1), 1);
    assert.deepEqual([...sent].sort(), sent);
  });

  it("says why what was sent is no image", async () => {
    const text = new Blob(["no image at all"], { type: "image/png" });
    await assert.rejects(connect().uploadDirectly(text, { userId: "client" }), (error) => {
      assert.ok(error instanceof UploadRejectedError);
      assert.notEqual(error.code, "UploadRejected");
      assert.match(error.message, /\.$/);
      assert.match(error.uploadId, /^[0-9a-f-]{36}$/);
      return true;
    });
  });

  it("says what of a request is wrong", async () => {
    await assert.rejects(connect().upload(png, { userId: "../.." }), (error) => {
      assert.ok(error instanceof DarkroomError);
      assert.deepEqual([error.status, error.code], [400, "InvalidRequest"]);
      assert.deepEqual(
        error.body.details?.map(({ field }) => field),
        ["userId"],
      );
      return true;
    });
  });

  it("processes data once for a key, however often it is asked", async () => {
    const darkroom = connect();
    const options = { idempotencyKey: randomUUID() };
    const body = { id: `client-${randomUUID()}`, temperature: 21.5 };
    const first = await darkroom.process(body, options);
    assert.equal(first.processedData.temperature, 21.5);
    assert.deepEqual(await darkroom.process(body, options), first);
  });

  it("keeps records, changes and removes them under conditions, and lists results", async () => {
    const darkroom = connect();
    const id = `client/${randomUUID()}`;
    stack().made.records.add(id);
    const put = await darkroom.putRecord(id, { place: "roof" }, { ifAbsent: true });
    assert.deepEqual([put.body.id, put.body.place], [id, "roof"]);
    assert.deepEqual(await darkroom.getRecord(id), put);
    const refused = { status: 412, code: "PreconditionFailed" };
    await assert.rejects(darkroom.putRecord(id, {}, { ifAbsent: true }), refused);
    const changed = await darkroom.putRecord(id, { place: "cellar" }, { ifMatch: put.etag });
    await assert.rejects(darkroom.deleteRecord(id, { ifMatch: put.etag }), refused);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { s3Key, processedData } = await darkroom.process({ id, count });
      assert.equal(processedData.place, "cellar");
      made.unshift(s3Key);
    }
    const listed: string[] = [];
    for await (const { s3Key } of darkroom.results({ id, limit: 2 })) {
      listed.push(s3Key);
    }
    assert.deepEqual(listed, made);
    await darkroom.deleteRecord(id, { ifMatch: changed.etag });
    await assert.rejects(darkroom.getRecord(id), { status: 404 });
  });

  it("is stopped by a signal, whatever it waits for", async () => {
    const stop = new AbortController();
    const options = {
      signal: stop.signal,
      onProgress: () => {
        stop.abort(new Error("enough"));
      },
    };
    await assert.rejects(connect().uploadDirectly(png, { userId: "client" }, options), /enough/);
    await assert.rejects(connect().health({ signal: stop.signal }), /enough/);
  });
});
