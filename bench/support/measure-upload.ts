/**
 * Measures what an upload takes of the processor within a handler, whose calls to AWS are answered at once:
 * `measure-upload.ts <bundle, as bundleUpload makes it> <image> <requests>`. Writes microseconds a request by
 * kind to stderr, as JSON: stdout has the handler's log.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIGatewayProxyResult } from "aws-lambda";
import { quantile } from "../../scripts/soak/quantile";
import { context } from "../../tests/handlers/support";
import { type SentUpload, uploadEvent } from "./upload-events";
import { uploadSettings } from "./upload-settings";

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyResult>;
interface Sendable {
  prototype: { send: (command: unknown) => Promise<unknown> };
}

/** What is measured. */
export type UploadKind = SentUpload | "decodeAndHash";

/** Microseconds of a request. */
export type MeasuredUploads = Record<UploadKind, number>;

const [, , bundle = "", imageFile = "", requests = ""] = process.argv;
/** Requests of one kind in a row, before it is the next one's turn. */
const inARow = 5;

interface Bundle {
  createHandler(settings: Readonly<Record<string, string>>): Handler;
  S3Client: Sendable;
  DynamoDBDocumentClient: Sendable;
}

function createHandler(): Handler {
  // oxlint-disable-next-line typescript/no-require-imports
  const { S3Client, DynamoDBDocumentClient, ...module } = require(bundle) as Bundle;
  S3Client.prototype.send = () => Promise.resolve({ ETag: '"etag"', VersionId: "version" });
  DynamoDBDocumentClient.prototype.send = () => Promise.resolve({});
  return module.createHandler(uploadSettings);
}

async function measure(): Promise<MeasuredUploads> {
  const handler = createHandler();
  const image = readFileSync(imageFile);
  const upload = async (event: unknown): Promise<void> => {
    const { statusCode, body } = await handler(event, context);
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
      json: [uploadEvent("json", image), upload],
      raw: [uploadEvent("raw", image), upload],
      multipart: [uploadEvent("multipart", image), upload],
      decodeAndHash: [uploadEvent("raw", image), decodeAndHash],
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
