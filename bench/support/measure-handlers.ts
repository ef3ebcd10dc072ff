/**
 * Measures what requests take of the processor within a checkout's functions, as they are bundled, on the
 * services of a local run of it: `measure-handlers.ts <checkout> <data folder> <requests>`, with the
 * variables that lead the SDK there. Writes microseconds a request by operation to stderr, as JSON: stdout
 * has the functions' log.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { APIGatewayProxyResult } from "aws-lambda";
import { apiEvent, context, type RequestParts } from "../../tests/handlers/support";
import { variablesOf } from "./function-settings";
import { smallImage } from "./photo";

const [, , checkout = "", dataDir = "", requestCount = ""] = process.argv;
const count = Number(requestCount);
const user = "bench";
const octetStream = { "content-type": "application/octet-stream" };

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyResult | undefined>;

const measured: Record<string, number> = {};

/** Asks once for each of `requests`, and then once more, when the compiler has done its work. */
async function measure(
  operation: string,
  requests: readonly RequestParts[],
): Promise<Record<string, unknown>[]> {
  const handler = handlerOf(operation);
  const answers: Record<string, unknown>[] = [];
  const half = requests.length / 2;
  for (const part of [requests.slice(0, half), requests.slice(half)]) {
    const events = part.map(apiEvent);
    const before = process.cpuUsage();
    for (const event of events) {
      const { statusCode = 500, body = "" } = (await handler(event, context)) ?? {};
      if (statusCode >= 400) {
        throw new Error(`${operation} answered ${statusCode}: ${body}`);
      }
      answers.push(body.startsWith("{") ? (JSON.parse(body) as Record<string, unknown>) : {});
    }
    const { user: own, system } = process.cpuUsage(before);
    measured[operation] = (own + system) / part.length;
  }
  return answers;
}

function handlerOf(operation: string): Handler {
  // oxlint-disable-next-line typescript/no-require-imports
  const module = require(join(checkout, "bundle", `${operation}.js`)) as {
    createHandler(settings: Record<string, string | undefined>): Handler;
  };
  return module.createHandler({ ...process.env, ...variablesOf(operation, dataDir) });
}

async function measureAll(): Promise<void> {
  const times = Array.from({ length: 2 * count }, (_, index) => index);
  const image = await smallImage();
  const upload = { method: "POST", resource: "/images", query: { userId: user }, body: image };
  const stored = await measure(
    "upload-image",
    times.map(() => ({ ...upload, headers: octetStream })),
  );
  const ids = stored.map(({ imageId }) => String(imageId));
  const one = (method: string, resource: string, more: Partial<RequestParts> = {}) =>
    ids.map((id) => ({ method, resource, id, ...more }));
  const json = (body: unknown) => ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await measure("get-image", one("GET", "/images/{id}", { query: { url: "true" } }));
  await measure("get-image-url", one("GET", "/images/{id}/url", { query: { width: "640" } }));
  await measure("get-image-content", one("GET", "/images/{id}/content"));
  const list = { method: "GET", resource: "/images", query: { userId: user, urls: "true" } };
  await measure(
    "list-images",
    times.map(() => list),
  );
  await measure("update-image", one("PATCH", "/images/{id}", json({ tags: { place: "Rome" } })));
  const form = { contentType: "image/jpeg", userId: user, size: 1000 };
  const created = await measure(
    "create-upload",
    times.map(() => ({ method: "POST", resource: "/uploads", ...json(form) })),
  );
  await measure(
    "get-upload",
    created.map(({ uploadId }) => ({
      method: "GET",
      resource: "/uploads/{id}",
      id: String(uploadId),
    })),
  );
  await measure(
    "process-data",
    times.map(() => ({ method: "POST", resource: "/process", ...json({ id: randomUUID() }) })),
  );
  await measure("delete-image", one("DELETE", "/images/{id}"));
}

void measureAll().then(
  () => {
    process.stderr.write(JSON.stringify(measured), () => process.exit(0));
  },
  (error: unknown) => {
    throw error;
  },
);
