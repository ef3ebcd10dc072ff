import { strict as assert } from "node:assert";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { uploadImage } from "./support/images";
import { renditionsOf, signUrl, view, viewRendition } from "./support/renditions";
import { useStack } from "./support/use-stack";

const immutable = "public, max-age=31536000, immutable";

describe("a rendition at the edge", () => {
  const stack = useStack();
  let imageId: string;

  before(async () => {
    const background = { r: 200, g: 80, b: 40 };
    const image = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
      .jpeg()
      .toBuffer();
    ({ imageId } = await uploadImage(stack(), {
      userId: "e2e-renditions",
      image,
      contentType: "image/jpeg",
    }));
  });

  const get = (query: string, headers?: Record<string, string>) =>
    viewRendition(stack(), imageId, query, headers && { headers });

  it("is made once, and comes from the cache then", async () => {
    const first = await get("?width=101&format=png");
    assert.match(first.headers["x-cache"] ?? "", /^Miss from cloudfront$/);
    const again = await get("?width=101&format=png");
    assert.match(again.headers["x-cache"] ?? "", /^Hit from cloudfront$/);
    for (const { headers, bytes } of [first, again]) {
      assert.equal(headers["content-type"], "image/png");
      assert.equal(headers["cache-control"], immutable);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["content-security-policy"]?.startsWith("default-src 'none'"), true);
      assert.deepEqual(bytes, first.bytes);
    }
    const { width, height, format } = await sharp(first.bytes).metadata();
    assert.deepEqual([width, height, format], [101, 76, "png"]);
  });

  it("is stored under the path that was asked for, with its headers", async () => {
    const { bytes } = await get("?height=33&width=44&format=webp");
    const Key = `i/${imageId}/width-44_height-33_format-webp`;
    assert.ok((await renditionsOf(stack(), imageId)).includes(Key));
    const object = await stack().s3.send(
      new GetObjectCommand({ Bucket: stack().outputs.renditionsBucket, Key }),
    );
    assert.equal(object.ContentType, "image/webp");
    assert.equal(object.CacheControl, immutable);
    assert.deepEqual(Buffer.from((await object.Body?.transformToByteArray()) ?? []), bytes);
  });

  it("is the same for all who mean the same", async () => {
    const stored = await renditionsOf(stack(), imageId);
    const one = await get("?width=60&dpr=2&height=40&format=png&fit=cover&flip=true&flop=true");
    const other = await get("?rotate=180&height=80&width=120&format=png");
    assert.match(other.headers["x-cache"] ?? "", /^Hit/);
    assert.deepEqual(other.bytes, one.bytes);
    assert.equal((await renditionsOf(stack(), imageId)).length, stored.length + 1);
  });

  it("has the size of its preset", async () => {
    const { bytes } = await get("?preset=thumb");
    const { width, height } = await sharp(bytes).metadata();
    assert.deepEqual([width, height], [240, 240]);
  });

  it("is saved under a name, whoever has put it into the cache", async () => {
    await get("?width=70&format=webp");
    const named = "?width=70&format=webp&contentDisposition=attachment&fileName=caf%C3%A9.jpg";
    const { headers } = await get(named);
    assert.match(headers["x-cache"] ?? "", /^Hit/);
    assert.equal(
      headers["content-disposition"],
      `attachment; filename="caf_.webp"; filename*=UTF-8''caf%C3%A9.webp`,
    );
    assert.equal((await get("?width=70&format=webp")).headers["content-disposition"], undefined);
  });

  it("is had by HEAD without the body, also when it is made for that", async () => {
    const url = await signUrl(stack(), imageId, "?width=71&format=png");
    const head = await view(stack(), url, { method: "HEAD" });
    const got = await view(stack(), url);
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
    assert.equal(head.headers["content-type"], "image/png");
    assert.equal(Number(head.headers["content-length"]), got.bytes.length);
    assert.equal((await sharp(got.bytes).metadata()).width, 71);
  });

  it("is had in parts", async () => {
    const url = await signUrl(stack(), imageId, "?width=72&format=png");
    const { bytes } = await view(stack(), url);
    const part = await view(stack(), url, { headers: { range: "bytes=10-19" } });
    assert.equal(part.status, 206);
    assert.equal(part.headers["content-range"], `bytes 10-19/${bytes.length}`);
    assert.deepEqual(part.bytes, bytes.subarray(10, 20));
    const beyond = await view(stack(), url, { headers: { range: `bytes=${bytes.length}-` } });
    assert.equal(beyond.status, 416);
  });

  it("is not sent again to who has it", async () => {
    const url = await signUrl(stack(), imageId, "?width=73&format=png");
    const { headers } = await view(stack(), url);
    const etag = headers.etag ?? "";
    assert.match(etag, /^"[0-9a-f]{32}"$/);
    const known = await view(stack(), url, { headers: { "if-none-match": etag } });
    assert.deepEqual([known.status, known.bytes.length], [304, 0]);
    assert.equal(known.headers["cache-control"], immutable);
    const other = await view(stack(), url, { headers: { "if-none-match": '"other"' } });
    assert.equal(other.status, 200);
  });

  it("may be read by pages of other origins, which are told so before they ask", async () => {
    const url = await signUrl(stack(), imageId, "?width=74&format=png");
    const preflight = await view(stack(), url, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-requested-with",
      },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers["access-control-allow-methods"] ?? "", /GET/);
    assert.equal(preflight.headers["access-control-allow-headers"], "*");
    for (const answer of [preflight, await view(stack(), url)]) {
      assert.equal(answer.headers["access-control-allow-origin"], "*");
    }
    assert.ok(!(await renditionsOf(stack(), imageId)).some((key) => key.includes("OPTIONS")));
  });

  it("tells nothing of where it comes from", async () => {
    const { headers } = await get("?width=75&format=png");
    for (const name of ["server", "x-origin-secret", "x-amz-meta-user", "set-cookie"]) {
      assert.equal(headers[name], undefined, name);
    }
  });
});
