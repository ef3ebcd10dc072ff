import assert from "node:assert/strict";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import sharp from "sharp";
import type { ImageItem, ReadyItem } from "../../handlers/images/images-table";
import { createHandler } from "../../handlers/render-image";
import { readyItem } from "./ready-item";
import { quarters } from "./renditions/render/pictures";
import { useS3 } from "./s3";
import { context, logging, settings as allSettings, useSdkSettings } from "./support";

const secret = "the distribution's";
const watermarkId = randomUUID();
const watermark = {
  imageId: watermarkId,
  position: "center",
  opacity: 1,
  scale: 0.5,
  fingerprint: "0a1b2c3d",
};
const settings = {
  ...allSettings,
  // One bucket is enough: keys of originals and renditions do not meet.
  RENDITIONS_BUCKET: allSettings.IMAGES_BUCKET,
  ORIGIN_SECRET_HASHES: createHash("sha256").update(secret).digest("hex"),
  RENDITION_SETTINGS: JSON.stringify({
    presets: {},
    presetsOnly: false,
    publicPresets: [],
    watermark,
  }),
};

/** What a test says of a request. */
interface Request {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
}

describe("render-image", () => {
  useSdkSettings();
  const s3 = useS3(settings.IMAGES_BUCKET);
  let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
  let item: ReadyItem;
  const operations = "width-20_height-10_format-png";

  beforeEach(async () => {
    dynamoDb = mockClient(DynamoDBDocumentClient);
    dynamoDb.on(GetCommand).resolves({});
    item = readyItem({ width: 80, height: 40 });
    rowsAre(item);
    await store(item, quarters(80, 40));
  });
  afterEach(() => {
    dynamoDb.restore();
  });

  /** What reading the row gives, one time after the other; the last for good. */
  function rowsAre(...items: (ImageItem | undefined)[]): void {
    const key = {
      TableName: settings.IMAGES_TABLE,
      Key: { imageId: item.imageId },
      ConsistentRead: true,
    };
    const rows = [...items];
    dynamoDb
      .on(GetCommand, key)
      .callsFake(() => ({ Item: rows.length > 1 ? rows.shift() : rows[0] }));
  }

  async function store({ key }: { key: string }, Body: Buffer): Promise<void> {
    await s3().client.send(
      new PutObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key: key, Body }),
    );
  }

  async function stored(): Promise<string[]> {
    const { Versions = [], DeleteMarkers = [] } = await s3().client.send(
      new ListObjectVersionsCommand({ Bucket: settings.IMAGES_BUCKET, Prefix: "i/" }),
    );
    return [...Versions, ...DeleteMarkers].map(({ Key = "" }) => Key);
  }

  async function ask({ method = "GET", path = pathOf(operations), headers }: Request = {}) {
    const event = {
      version: "2.0",
      rawPath: path,
      rawQueryString: "",
      headers: headers ?? { "x-origin-secret": secret },
      requestContext: { requestId: "request-1", http: { method, path } },
    } as unknown as APIGatewayProxyEventV2;
    const { result, logs, logText } = await logging(() => createHandler(settings)(event, context));
    const isJson = result.headers?.["Content-Type"] === "application/json";
    const body = isJson ? (JSON.parse(result.body) as Record<string, unknown>) : {};
    return { ...result, body, bytes: Buffer.from(result.body, "base64"), logs, logText };
  }

  function pathOf(text: string): string {
    return `/i/${item.imageId}/${text}`;
  }

  it("answers with the rendition, to be kept for a year", async () => {
    const { statusCode, headers, isBase64Encoded, bytes } = await ask();
    assert.equal(statusCode, 200);
    assert.equal(isBase64Encoded, true);
    assert.equal(headers?.["Content-Type"], "image/png");
    assert.equal(headers["Cache-Control"], "public, max-age=31536000, immutable");
    assert.equal(headers["X-Content-Type-Options"], "nosniff");
    assert.equal(headers["Access-Control-Allow-Origin"], "*");
    const { width, height, format } = await sharp(bytes).metadata();
    assert.deepEqual([width, height, format], [20, 10, "png"]);
  });

  it("shows the original as its metadata say, also where a decoder finds no orientation", async () => {
    item = { ...item, orientation: 6 };
    rowsAre(item);
    const { bytes } = await ask({ path: pathOf("width-20_format-png") });
    const { width, height } = await sharp(bytes).metadata();
    assert.deepEqual([width, height], [20, 40]);
  });

  it("lets every page read every answer, whichever may read those of the API", async () => {
    const requests: Request[] = [
      {},
      { method: "POST" },
      { headers: {} },
      { path: pathOf("huge-1") },
      { path: `/i/${randomUUID()}/${operations}` },
    ];
    for (const request of requests) {
      const { headers } = await ask(request);
      assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
      assert.match(String(headers["Access-Control-Expose-Headers"]), /\bRetry-After\b/);
      assert.equal(headers.Vary, undefined);
    }
  });

  it("stores the same under the path, with the type and for as long", async () => {
    const { bytes } = await ask();
    const Key = pathOf(operations).slice(1);
    assert.deepEqual(await stored(), [Key]);
    const object = await s3().client.send(
      new GetObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key }),
    );
    assert.equal(object.ContentType, "image/png");
    assert.equal(object.CacheControl, "public, max-age=31536000, immutable");
    assert.deepEqual(Buffer.from((await object.Body?.transformToByteArray()) ?? []), bytes);
  });

  it("has the ETag of what is stored, from which later answers come", async () => {
    const { headers } = await ask();
    const Key = pathOf(operations).slice(1);
    const object = await s3().client.send(
      new HeadObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key }),
    );
    assert.match(object.ETag ?? "", /^"[0-9a-f]{32}"$/);
    assert.equal(headers?.ETag, object.ETag);
  });

  it("stores it by HEAD, too, and answers with the headers alone", async () => {
    const { statusCode, headers, bytes } = await ask({ method: "HEAD" });
    assert.deepEqual([statusCode, bytes.length], [200, 0]);
    assert.equal(headers?.["Content-Type"], "image/png");
    assert.equal((await stored()).length, 1);
  });

  it("says by its type what it chose, whatever the original is", async () => {
    const auto = await ask({ path: pathOf("format-auto.webp") });
    assert.equal(auto.headers?.["Content-Type"], "image/webp");
  });

  it("leads to what an answer cannot hold, for a short time", async () => {
    const side = 1500;
    const noise = await sharp(randomBytes(side * side * 3), {
      raw: { width: side, height: side, channels: 3 },
    })
      .png()
      .toBuffer();
    await store(item, noise);
    const { statusCode, headers, body, logText } = await ask({ path: pathOf("format-png") });
    assert.equal(statusCode, 302);
    assert.equal(headers?.["Cache-Control"], "no-store");
    assert.deepEqual(body, {});
    const url = String(headers.Location);
    assert.equal(logText.includes("X-Amz"), false);
    assert.equal(new URL(url).searchParams.get("X-Amz-Expires"), "300");
    const response = await fetch(url);
    assert.equal(response.headers.get("content-type"), "image/png");
    const { width } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    assert.equal(width, side);
    const head = await ask({ method: "HEAD", path: pathOf("format-png") });
    assert.equal(head.statusCode, 200);
  });

  describe("refuses", () => {
    for (const [what, request, status, code] of [
      [
        "who does not know the secret",
        { headers: { "x-origin-secret": "guess" } },
        403,
        "Forbidden",
      ],
      ["who gives no secret", { headers: {} }, 403, "Forbidden"],
      [
        "who does not know the secret, before anything else",
        { headers: {}, path: "/x" },
        403,
        "Forbidden",
      ],
      ["other methods", { method: "POST" }, 405, "MethodNotAllowed"],
      ["a path of no image", { path: "/i/1/width-10_format-png" }, 404, "ImageNotFound"],
      ["a path that leads elsewhere", { path: "/health" }, 404, "ImageNotFound"],
      [
        "an image that there is none of",
        { path: `/i/${randomUUID()}/format-png` },
        404,
        "ImageNotFound",
      ],
    ] as [string, Request, number, string][]) {
      it(`${what}: ${status}`, async () => {
        const { statusCode, headers, body } = await ask(request);
        assert.deepEqual([statusCode, body.code, body.requestId], [status, code, "request-1"]);
        assert.equal(headers?.["Cache-Control"], "no-store");
        assert.deepEqual(await stored(), []);
      });
    }

    for (const [text, status, code] of [
      ["size-10_format-png", 400, "InvalidRequest"],
      ["width-0_format-png", 400, "InvalidRequest"],
      ["width-NaN_format-png", 400, "InvalidRequest"],
      ["width-10_width-10_format-png", 400, "InvalidRequest"],
      ["height-10_width-10_format-png", 400, "InvalidRequest"],
      ["width-10", 400, "InvalidRequest"],
      ["format-auto", 400, "InvalidRequest"],
      ["crop-100x0x10x10_format-png", 400, "InvalidRequest"],
      ["width-8192_height-8192_format-png", 413, "RenditionTooLarge"],
      ["width-8192_enlarge-true_format-png", 413, "RenditionTooLarge"],
    ] as const) {
      it(`${text}: ${status}, and stores nothing`, async () => {
        await store(item, quarters(90, 90));
        const { statusCode, headers, body } = await ask({ path: pathOf(text) });
        assert.deepEqual([statusCode, body.code], [status, code]);
        const kept = status === 413 ? "public, max-age=60" : "no-store";
        assert.equal(headers?.["Cache-Control"], kept);
        assert.deepEqual(await stored(), []);
      });
    }

    it("an image that is not ready: 404", async () => {
      const { imageId, key } = item;
      const pending = { imageId, key, state: "pending" } as ImageItem;
      const deleting = { imageId, key, state: "deleting" } as ImageItem;
      const rejected = { imageId, key, state: "rejected" } as ImageItem;
      for (const row of [pending, deleting, rejected, undefined]) {
        rowsAre(row);
        const { statusCode, body } = await ask();
        assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
      }
      assert.deepEqual(await stored(), []);
    });

    it("an original that cannot be decoded: 415, which is kept for a minute", async () => {
      for (const original of [quarters(80, 40).subarray(0, 90), Buffer.from("no image")]) {
        await store(item, original);
        const { statusCode, headers, body } = await ask();
        assert.deepEqual([statusCode, body.code], [415, "UnreadableImage"]);
        assert.equal(headers?.["Cache-Control"], "public, max-age=60");
      }
      assert.deepEqual(await stored(), []);
    });

    it("an image whose original is gone: 404, which is logged as an error", async () => {
      item = readyItem();
      rowsAre(item);
      const { statusCode, body, logs } = await ask();
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
      assert.ok(logs.some(({ level, imageId }) => level === "ERROR" && imageId === item.imageId));
    });

    it("a watermark whose image is gone: 404", async () => {
      const { statusCode, body } = await ask({
        path: pathOf("format-png_watermark-centerx1x0.5x0a1b2c3d"),
      });
      assert.deepEqual([statusCode, body.code], [404, "WatermarkNotFound"]);
    });
  });

  it("lays the image of the watermark over the rendition", async () => {
    const mark = readyItem({ imageId: watermarkId });
    dynamoDb
      .on(GetCommand, {
        TableName: settings.IMAGES_TABLE,
        Key: { imageId: watermarkId },
        ConsistentRead: true,
      })
      .resolves({ Item: mark });
    await store(mark, await sharp(quarters(10, 10)).negate({ alpha: false }).png().toBuffer());
    const { statusCode, bytes } = await ask({
      path: pathOf("format-png_watermark-centerx1x0.5x0a1b2c3d"),
    });
    assert.equal(statusCode, 200);
    const raw = await sharp(bytes).removeAlpha().raw().toBuffer();
    // Left of the middle is what the watermark has above left: red, negated.
    assert.deepEqual([...raw.subarray((18 * 80 + 38) * 3).subarray(0, 3)], [0, 255, 255]);
  });

  describe("while others change the image", () => {
    it("takes back what it stored of one that was deleted meanwhile, and says that it is gone", async () => {
      for (const meanwhile of [undefined, { ...item, state: "deleting" } as unknown as ImageItem]) {
        rowsAre(item, meanwhile);
        const { statusCode, body } = await ask();
        assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
        assert.deepEqual(await stored(), []);
      }
    });

    it("makes it anew of one that is now said to be about something else", async () => {
      const path = pathOf("width-10_height-40_format-png");
      const moved = { ...item, focalPoint: { x: 1, y: 0.5 } };
      rowsAre(item, moved);
      const { statusCode, bytes } = await ask({ path });
      assert.equal(statusCode, 200);
      const raw = await sharp(bytes).removeAlpha().raw().toBuffer();
      assert.deepEqual([...raw.subarray(0, 3)], [0, 255, 0]);
      assert.deepEqual(await stored(), [path.slice(1)]);
      rowsAre(moved);
      assert.deepEqual((await ask({ path })).bytes, bytes);
    });

    it("gives up, and leaves nothing, where that happens again and again", async () => {
      const at = (x: number) => ({ ...item, focalPoint: { x, y: 0 } });
      rowsAre(at(0), at(0.1), at(0.2), at(0.3));
      const { statusCode, headers, body } = await ask();
      assert.deepEqual([statusCode, body.code], [409, "ImageChanging"]);
      assert.deepEqual([headers?.["Cache-Control"], headers?.["Retry-After"]], ["no-store", "2"]);
      assert.deepEqual(await stored(), []);
    });
  });

  it("is a bland 500, which is not kept, when S3 fails", async () => {
    const failing = mockClient(S3Client);
    failing.on(GetObjectCommand).rejects(new Error("bucket-1 is on fire"));
    failing.on(HeadObjectCommand).rejects();
    try {
      const { statusCode, headers, body } = await ask();
      assert.deepEqual([statusCode, body.code], [500, "InternalError"]);
      assert.equal(headers?.["Cache-Control"], "no-store");
      assert.doesNotMatch(JSON.stringify(body), /fire/);
    } finally {
      failing.restore();
    }
  });

  it("logs neither what was asked for nor the secret", async () => {
    const { logText } = await ask();
    for (const text of [secret, operations, item.imageId]) {
      assert.equal(logText.includes(text), false);
    }
  });
});
