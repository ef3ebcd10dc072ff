import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage, makeLargePng } from "../support/images";
import {
  type Answer,
  assertError,
  assertNotLetIn,
  call,
  callOnce,
  callRaw,
  download,
} from "./support/api";
import { type Metadata, uploadImage } from "./support/images";
import { useStack } from "./support/use-stack";

/** What Chrome asks for when a page has an `<img>`. */
const browsersAccept = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

describe("the content of an image", () => {
  const stack = useStack();
  let image: Buffer = Buffer.alloc(0);
  let metadata: Metadata;
  let etag = "";

  before(async () => {
    image = await makeImage("webp");
    const upload = { userId: "e2e-content", image, contentType: "image/webp" };
    metadata = await uploadImage(stack(), upload);
    etag = `"${metadata.etag}"`;
  });

  function get(headers: Record<string, string> = {}): Promise<Answer> {
    return call(stack(), `/images/${metadata.imageId}/content`, { headers });
  }

  it("is a redirect to where anybody who has the URL gets it, which is not to be kept", async () => {
    for (const accept of ["*/*", "text/html,image/*", "application/json"]) {
      const answer = await get({ accept });
      assert.equal(answer.status, 302, accept);
      assert.equal(answer.headers.get("cache-control"), "private, no-store");
      assert.equal(answer.headers.get("etag"), etag);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      assert.equal(answer.bytes.length, 0);
      const downloaded = await download(stack(), answer.headers.get("location") ?? "");
      assert.ok(downloaded.body.equals(image));
    }
  });

  it("is its bytes for whom wants an image first, as browsers do", async () => {
    for (const accept of [
      "image/*",
      "image/png",
      "IMAGE/WEBP;q=0.9",
      "application/octet-stream",
      browsersAccept,
    ]) {
      const answer = await get({ accept });
      assert.equal(answer.status, 200, accept);
      assert.ok(answer.bytes.equals(image));
      assert.equal(answer.headers.get("content-type"), "image/webp");
      assert.equal(answer.headers.get("content-length"), String(image.length));
      assert.equal(answer.headers.get("cache-control"), "private, no-cache");
      assert.equal(answer.headers.get("accept-ranges"), "bytes");
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.equal(answer.headers.get("etag"), etag);
      assert.match(answer.headers.get("vary") ?? "", /accept/i);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /ETag/);
    }
  });

  it("is not sent again to whom has it", async () => {
    for (const ifNoneMatch of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      for (const accept of ["image/*", "*/*"]) {
        const answer = await get({ accept, "if-none-match": ifNoneMatch });
        assert.equal(answer.status, 304, ifNoneMatch);
        assert.equal(answer.headers.get("etag"), etag);
        assert.equal(answer.headers.get("content-type"), "image/webp");
        assert.equal(answer.headers.get("cache-control"), "private, no-cache");
        assert.match(answer.headers.get("vary") ?? "", /accept/i);
        assert.equal(answer.bytes.length, 0);
      }
    }
    assert.equal((await get({ accept: "image/*", "if-none-match": '"other"' })).status, 200);
  });

  it("is known by a tag in any line of If-None-Match", async () => {
    const path = `/images/${metadata.imageId}/content`;
    for (const tags of [
      [etag, '"other"'],
      ['"other"', etag],
      ['"a", "b"', `W/${etag}`, '"c"'],
    ]) {
      const headers = { accept: "image/*", "if-none-match": tags };
      assert.equal((await callRaw(stack(), path, "GET", headers)).status, 304, tags.join());
    }
    const headers = { accept: "image/*", "if-none-match": ['"other"', '"another"'] };
    assert.equal((await callRaw(stack(), path, "GET", headers)).status, 200);
  });

  it("has its headers by HEAD, directly or where that is redirected to", async () => {
    const path = `/images/${metadata.imageId}/content`;
    const head = await callRaw(stack(), path, "HEAD", { accept: "image/*", range: "bytes=0-3" });
    assert.equal(head.status, 200);
    assert.equal(head.bytes.length, 0);
    assert.equal(head.headers["content-length"], String(image.length));
    assert.equal(head.headers["content-type"], "image/webp");
    assert.equal(head.headers.etag, etag);
    assert.equal(head.headers["accept-ranges"], "bytes");
    const redirect = await callRaw(stack(), path, "HEAD");
    assert.equal(redirect.status, 302);
    const followed = await fetch(redirect.headers.location ?? "", { method: "HEAD" });
    assert.equal(followed.status, 200);
    assert.equal(followed.headers.get("content-length"), String(image.length));
  });

  it("is sent in the part that is asked for", async () => {
    const last = image.length - 1;
    for (const [range, start, end] of [
      ["bytes=0-3", 0, 3],
      ["bytes=4-", 4, last],
      ["bytes=-5", last - 4, last],
      [`bytes=1-${image.length * 2}`, 1, last],
    ] as const) {
      const answer = await get({ accept: "image/*", range });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers.get("content-range"), `bytes ${start}-${end}/${image.length}`);
      assert.ok(answer.bytes.equals(image.subarray(start, end + 1)));
    }
    const same = await get({ accept: "image/*", range: "bytes=0-3", "if-range": etag });
    assert.equal(same.status, 206);
  });

  it("is sent whole when the part is of something else, or is not understood", async () => {
    const others: Record<string, string>[] = [
      { range: "bytes=0-3", "if-range": '"other"' },
      { range: "bytes=0-3", "if-range": "Wed, 21 Oct 2015 07:28:00 GMT" },
      { range: "bytes=0-1,3-4" },
      { range: "bytes=3-1" },
      { range: "items=0-1" },
    ];
    for (const headers of others) {
      const answer = await get({ accept: "image/*", ...headers });
      assert.equal(answer.status, 200, JSON.stringify(headers));
      assert.ok(answer.bytes.equals(image));
    }
  });

  it("has no part behind its end", async () => {
    const answer = await get({ accept: "image/*", range: `bytes=${image.length}-` });
    assertError(answer, 416, "RangeNotSatisfiable");
    assert.equal(answer.headers.get("content-range"), `bytes */${image.length}`);
  });

  it("of binary noise comes through unharmed", async () => {
    const noise = await makeLargePng(3_500_000);
    const { imageId } = await uploadImage(stack(), { userId: "e2e-content", image: noise });
    const headers = { accept: "image/*" };
    const answer = await call(stack(), `/images/${imageId}/content`, { headers });
    assert.equal(answer.status, 200);
    assert.ok(answer.bytes.equals(noise));
  });

  it("that there is not answers 404, as JSON even to whom wants images", async () => {
    for (const path of [`/images/${randomUUID()}/content`, "/images/x/content"]) {
      for (const accept of ["*/*", "image/*", browsersAccept]) {
        assertError(await call(stack(), path, { headers: { accept } }), 404, "ImageNotFound");
      }
    }
  });

  it("alone is binary: all else stays JSON to whom wants images", async () => {
    const headers = { accept: "image/*" };
    for (const path of [`/images/${metadata.imageId}`, "/images?limit=1"]) {
      const answer = await call(stack(), path, { headers });
      assert.equal(answer.status, 200);
      assert.equal(typeof answer.body, "object");
      assert.ok(Object.keys(answer.body).length > 0);
    }
    const notLetIn = await callOnce(stack(), "/images", { headers, apiKey: null });
    assertNotLetIn(stack(), notLetIn, "none");
    assertError(await call(stack(), "/nothing", { headers }), 404);
  });
});

describe("the metadata of an image", () => {
  const stack = useStack();

  it("are not sent again to whom has them, but with a new URL", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "e2e-metadata" });
    const first = await call(stack(), `/images/${imageId}`);
    const etag = first.headers.get("etag") ?? "";
    assert.match(etag, /^".+"$/);
    const headers = { "if-none-match": etag };
    const again = await call(stack(), `/images/${imageId}`, { headers });
    assert.equal(again.status, 304);
    assert.equal(again.headers.get("etag"), etag);
    assert.equal(again.bytes.length, 0);
    const withUrl = await call(stack(), `/images/${imageId}?url=true`, { headers });
    assert.equal(withUrl.status, 200);
    assert.equal(withUrl.headers.get("cache-control"), "private, no-store");
  });
});
