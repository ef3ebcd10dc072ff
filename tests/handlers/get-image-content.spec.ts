import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { createHandler } from "../../handlers/get-image-content";
import { useS3 } from "./s3";
import { apiEvent, call, type RequestParts, settings, useSdkSettings } from "./support";

describe("get-image-content", () => {
  useSdkSettings();
  const s3 = useS3(settings.IMAGES_BUCKET);
  let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
  const image = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const imageId = randomUUID();
  const etag = createHash("md5").update(image).digest("hex");
  const item = {
    imageId,
    key: `images/0123/${imageId}.png`,
    contentType: "image/png",
    size: image.length,
    etag,
    state: "ready",
  };

  beforeEach(async () => {
    dynamoDb = mockClient(DynamoDBDocumentClient);
    dynamoDb.on(GetCommand).resolves({});
    dynamoDb
      .on(GetCommand, { TableName: "images-table", Key: { imageId }, ConsistentRead: true })
      .resolves({ Item: item });
    await s3().client.send(
      new PutObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key: item.key, Body: image }),
    );
  });
  afterEach(() => {
    dynamoDb.restore();
  });

  function get(headers: Record<string, string | string[]> = {}, parts: RequestParts = {}) {
    const event = apiEvent({
      method: "GET",
      resource: "/images/{id}/content",
      id: imageId,
      headers,
      ...parts,
    });
    return call(createHandler(settings), event);
  }

  const getBytes = (headers: Record<string, string | string[]> = {}) =>
    get({ Accept: "image/*", ...headers });

  function bytesOf({ bodyText }: { bodyText: string }): Buffer {
    return Buffer.from(bodyText, "base64");
  }

  describe("without a wish for bytes", () => {
    for (const accept of [undefined, "*/*", "text/html,image/webp", "application/json, image/*"]) {
      it(`redirects to the image with Accept: ${accept ?? "left out"}`, async () => {
        const { statusCode, headers, bodyText } = await get(accept ? { Accept: accept } : {});
        assert.equal(statusCode, 302);
        assert.equal(bodyText, "");
        assert.equal(headers?.["Cache-Control"], "private, no-store");
        assert.equal(headers["Content-Type"], "text/plain");
        assert.equal(headers.ETag, `"${etag}"`);
        assert.equal(headers.Vary, "Accept");
        assert.equal(headers["Access-Control-Allow-Origin"], "*");
        const response = await fetch(String(headers.Location));
        assert.deepEqual(Buffer.from(await response.arrayBuffer()), image);
        assert.equal(response.headers.get("etag"), headers.ETag);
      });
    }
  });

  describe("with an image type as the first that is accepted", () => {
    for (const accept of [
      "image/*",
      "IMAGE/PNG;q=0.9",
      "application/octet-stream, */*",
      "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    ]) {
      it(`answers with the image: ${accept}`, async () => {
        const exchange = await get({ accept });
        assert.equal(exchange.statusCode, 200);
        assert.deepEqual(bytesOf(exchange), image);
        const { headers } = exchange;
        assert.equal(headers?.["Content-Type"], "image/png");
        assert.equal(headers.ETag, `"${etag}"`);
        assert.equal(headers["Cache-Control"], "private, no-cache");
        assert.equal(headers["Accept-Ranges"], "bytes");
        assert.equal(headers["X-Content-Type-Options"], "nosniff");
        assert.equal(headers["Access-Control-Allow-Origin"], "*");
        assert.equal(headers["Content-Range"], undefined);
      });
    }

    it("answers with a part, and reads no more of it", async () => {
      const ranges: unknown[] = [];
      const send = mockClient(S3Client);
      send.on(GetObjectCommand).callsFake(({ Range }: { Range?: string }) => {
        ranges.push(Range);
        throw new Error("enough");
      });
      await getBytes({ Range: "bytes=250-999" });
      send.restore();
      assert.deepEqual(ranges, ["bytes=250-255"]);
      const exchange = await getBytes({ Range: "bytes=250-999", "If-Range": `"${etag}"` });
      assert.equal(exchange.statusCode, 206);
      assert.deepEqual(bytesOf(exchange), image.subarray(250));
      assert.equal(exchange.headers?.["Content-Range"], "bytes 250-255/256");
    });

    it("answers with the whole when the part would be of another image", async () => {
      const exchange = await getBytes({ Range: "bytes=1-2", "If-Range": '"other"' });
      assert.equal(exchange.statusCode, 200);
      assert.deepEqual(bytesOf(exchange), image);
    });

    it("refuses a part beyond the end in JSON, telling the size", async () => {
      const { statusCode, headers, body } = await getBytes({ Range: "bytes=256-" });
      assert.equal(statusCode, 416);
      assert.equal(body.code, "RangeNotSatisfiable");
      assert.equal(headers?.["Content-Range"], "bytes */256");
    });

    it("redirects to an image whose base64 would not fit into a response", async () => {
      for (const [size, statusCode] of [
        [4_710_912, 200],
        [4_710_913, 302],
      ] as const) {
        dynamoDb.on(GetCommand).resolves({ Item: { ...item, size } });
        assert.equal((await getBytes()).statusCode, statusCode);
      }
    });

    it("answers 404 when the image is deleted at that moment", async () => {
      const Bucket = settings.IMAGES_BUCKET;
      await s3().client.send(new DeleteObjectCommand({ Bucket, Key: item.key }));
      dynamoDb.on(GetCommand).resolvesOnce({ Item: item }).resolves({});
      const { statusCode, body } = await getBytes();
      assert.equal(statusCode, 404);
      assert.equal(body.code, "ImageNotFound");
    });

    it("is a 500 when the object of an image cannot be read", async () => {
      const Bucket = settings.IMAGES_BUCKET;
      await s3().client.send(new DeleteObjectCommand({ Bucket, Key: item.key }));
      assert.equal((await getBytes()).statusCode, 500);
    });
  });

  for (const accept of ["image/*", "*/*"]) {
    it(`answers 304 without a body to a client that has the image, with Accept: ${accept}`, async () => {
      const { statusCode, headers, bodyText } = await get({
        Accept: accept,
        "If-None-Match": `"other", W/"${etag}"`,
        Range: "bytes=999-",
      });
      assert.equal(statusCode, 304);
      assert.equal(bodyText, "");
      assert.equal(headers?.ETag, `"${etag}"`);
      assert.equal(headers["Content-Type"], "image/png");
      assert.equal(headers.Vary, "Accept");
      assert.equal(headers["Cache-Control"], "private, no-cache");
      assert.equal(headers.Location, undefined);
      assert.equal(headers["Access-Control-Allow-Origin"], "*");
    });
  }

  for (const accept of ["image/*", "*/*"]) {
    it(`answers only if it still is the image that the client means, with Accept: ${accept}`, async () => {
      const expected = accept === "*/*" ? 302 : 200;
      for (const ifMatch of [`"${etag}"`, `"other", "${etag}"`, "*"]) {
        assert.equal((await get({ Accept: accept, "If-Match": ifMatch })).statusCode, expected);
      }
      for (const ifMatch of ['"other"', `W/"${etag}"`]) {
        const headers = { Accept: accept, "If-Match": ifMatch, "If-None-Match": `"${etag}"` };
        const { statusCode, body } = await get({ ...headers, Range: "bytes=0-3" });
        assert.deepEqual([statusCode, body.code], [412, "PreconditionFailed"]);
      }
    });
  }

  it("looks for the image's tag in every line of If-None-Match", async () => {
    for (const lines of [
      [`"${etag}"`, '"other"'],
      ['"other"', `W/"${etag}"`],
      ['"other"', "*"],
    ]) {
      assert.equal((await get({ "If-None-Match": lines })).statusCode, 304, lines.join());
    }
    const others = { "If-None-Match": ['"other"', '"another"'] };
    assert.equal((await getBytes(others)).statusCode, 200);
  });

  it("goes by the first line of Accept", async () => {
    assert.equal((await get({ Accept: ["image/*", "*/*"] })).statusCode, 200);
    assert.equal((await get({ Accept: ["*/*", "image/*"] })).statusCode, 302);
  });

  describe("asked by HEAD", () => {
    const head = (headers: Record<string, string> = {}) => get(headers, { method: "HEAD" });

    it("answers as GET, whose body the gateway leaves out and takes the length of", async () => {
      const bytes = { Accept: "image/*" };
      const { statusCode, headers, bodyText } = await head(bytes);
      const got = await get(bytes);
      assert.deepEqual([statusCode, headers, bodyText], [200, got.headers, got.bodyText]);
      const condition = { "If-None-Match": `"${etag}"` };
      assert.deepEqual((await head(condition)).headers, (await get(condition)).headers);
    });

    it("redirects to where HEAD is answered", async () => {
      const { statusCode, headers } = await head();
      assert.equal(statusCode, 302);
      const url = String(headers?.Location);
      const response = await fetch(url, { method: "HEAD" });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-length"), String(image.length));
      assert.equal((await fetch(url)).status, 403);
    });

    it("knows no parts", async () => {
      const ranged = await head({ Accept: "image/*", Range: "bytes=999-" });
      assert.equal(ranged.statusCode, 200);
      assert.equal(ranged.headers?.["Content-Range"], undefined);
    });
  });

  it("answers 404 for an image that is not there, whatever a client has", async () => {
    const headers = { "If-None-Match": "*" };
    const { statusCode, body } = await get(headers, { id: randomUUID() });
    assert.equal(statusCode, 404);
    assert.equal(body.code, "ImageNotFound");
    assert.equal((await get({}, { id: "..%2F" })).statusCode, 404);
  });

  it("refuses a query", async () => {
    assert.equal((await get({}, { query: { url: "true" } })).statusCode, 400);
  });
});
