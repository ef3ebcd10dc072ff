/**
 * Measures what an upload takes of the processor within a checkout's handler, whose calls to AWS are
 * answered at once: `measure-upload.ts <checkout> <image> <requests>`. Writes microseconds a request by
 * kind to stderr, as JSON: stdout has the handler's log.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { APIGatewayProxyResult } from "aws-lambda";
import { quantile } from "../../scripts/soak/quantile";
import { requestEvent } from "./handler-events";

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyResult>;
interface Sendable {
  prototype: { send: (command: unknown) => Promise<unknown> };
}

/** What is measured. */
export type UploadKind = "json" | "raw" | "multipart" | "decodeAndHash";

/** Microseconds of a request. */
export type MeasuredUploads = Record<UploadKind, number>;

const [, , checkout = "", imageFile = "", requests = ""] = process.argv;
const load = createRequire(join(checkout, "package.json"));
/** Requests of one kind in a row, before it is the next one's turn. */
const inARow = 5;
const boundary = "----------boundary";

function createHandler(): Handler {
  answerCalls();
  const module = load("./handlers/upload-image.ts") as {
    createHandler(settings: Record<string, string>): Handler;
  };
  return module.createHandler({
    IMAGES_BUCKET: "images",
    IMAGES_TABLE: "images",
    TAGS_TABLE: "tags",
    IDEMPOTENCY_TABLE: "idempotency",
    MAX_UPLOAD_BYTES: "4500000",
    MAX_IMAGE_PIXELS: "100000000",
    STRIP_LOCATION: "false",
    CALLERS: "anyone",
    ALLOWED_ORIGINS: '["*"]',
  });
}

function answerCalls(): void {
  const { S3Client } = load("@aws-sdk/client-s3") as { S3Client: Sendable };
  const { DynamoDBDocumentClient } = load("@aws-sdk/lib-dynamodb") as {
    DynamoDBDocumentClient: Sendable;
  };
  S3Client.prototype.send = () => Promise.resolve({ ETag: '"etag"', VersionId: "version" });
  DynamoDBDocumentClient.prototype.send = () => Promise.resolve({});
}

/** Of a request, as the runtime gets it. */
function eventText(contentType: string, body: string | Buffer, query = {}): string {
  const route = { method: "POST", resource: "/images" };
  return JSON.stringify(requestEvent({ ...route, contentType, body, query }));
}

function formOf(image: Buffer): Buffer {
  const field = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  return Buffer.concat([
    Buffer.from(`${field("userId")}\r\n\r\nada\r\n`),
    Buffer.from(`${field("image")}; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

async function measure(): Promise<MeasuredUploads> {
  const handler = createHandler();
  const image = readFileSync(imageFile);
  const json = { userId: "ada", contentType: "image/jpeg", imageData: image.toString("base64") };
  const events = {
    json: eventText("application/json", JSON.stringify(json)),
    raw: eventText("image/jpeg", image, { userId: "ada" }),
    multipart: eventText(`multipart/form-data; boundary=${boundary}`, formOf(image)),
  };
  const upload = async (event: unknown): Promise<void> => {
    const { statusCode, body } = await handler(event, { awsRequestId: "invocation" });
    if (statusCode !== 201) {
      throw new Error(`An upload was answered with ${statusCode}: ${body}`);
    }
  };
  const decodeAndHash = (event: unknown): Promise<void> => {
    const { body } = event as { body: string };
    createHash("sha256").update(Buffer.from(body, "base64")).digest();
    return Promise.resolve();
  };
  const acts: Record<UploadKind, readonly [event: string, act: (event: unknown) => Promise<void>]> =
    {
      json: [events.json, upload],
      raw: [events.raw, upload],
      multipart: [events.multipart, upload],
      decodeAndHash: [events.raw, decodeAndHash],
    };
  const times: Record<UploadKind, number[]> = {
    json: [],
    raw: [],
    multipart: [],
    decodeAndHash: [],
  };
  const rounds = Number(requests) / inARow;
  // The first ones are for the compiler.
  for (let round = -rounds; round < rounds; round++) {
    for (const [kind, [text, act]] of Object.entries(acts)) {
      // Anew for each, as the runtime does: V8 may keep what it has made of a string.
      const inTurn = Array.from({ length: inARow }, (): unknown => JSON.parse(text));
      const before = process.cpuUsage();
      for (const event of inTurn) {
        await act(event);
      }
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) {
        times[kind as UploadKind].push((user + system) / inARow);
      }
    }
  }
  const of = (kind: UploadKind) => quantile(times[kind], 0.5);
  return {
    json: of("json"),
    raw: of("raw"),
    multipart: of("multipart"),
    decodeAndHash: of("decodeAndHash"),
  };
}

void measure().then((measured) => {
  process.stderr.write(JSON.stringify(measured));
});
