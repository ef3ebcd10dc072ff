/**
 * Measures what lists, deletes and a sweep take of the processor and of AWS where there are so many images:
 * `measure-scale.ts <images>`. Writes it to stderr, as JSON: stdout has the handlers' log.
 */
import { randomUUID } from "node:crypto";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyResult } from "aws-lambda";
import { createHandler as createDelete } from "../../handlers/delete-image";
import { encodeCursor } from "../../handlers/http/cursor";
import { imageKey } from "../../handlers/images/image-key";
import {
  type ImageItem,
  imagesCollection,
  sweepPartition,
} from "../../handlers/images/images-table";
import { createHandler as createList } from "../../handlers/list-images";
import { createHandler as createSweep } from "../../handlers/sweep-images";
import { quantile } from "../../scripts/soak/quantile";
import { apiEvent, context, type RequestParts, settings } from "../../tests/handlers/support";
import { PagedStores, type Usage } from "./paged-stores";

/** What a request, or what the sweep of one image takes. */
export interface Cost extends Usage {
  /** Of the processor. */
  microseconds: number;
}

/** By what was done. */
export type ScaleCosts = Record<"user" | "tag" | "all" | "delete" | "sweep", Cost>;

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyResult | undefined>;

const count = Number(process.argv[2]);
const userId = "ada";
const tag = "place:Rome";
/** Requests in a row, of which there are so many rows; the first half is for the compiler. */
const [inARow, times] = [10, 60];

function use(rows: readonly ImageItem[]): PagedStores {
  const stores = new PagedStores(rows);
  const send = stores.send.bind(stores) as never;
  S3Client.prototype.send = send;
  DynamoDBDocumentClient.prototype.send = send;
  return stores;
}

function makeRows(): ImageItem[] {
  return Array.from({ length: count }, (_, index) => {
    const imageId = randomUUID();
    return {
      imageId,
      userId,
      imageName: `IMG_${index}.jpg`,
      key: imageKey(userId, imageId, "image/jpeg"),
      contentType: "image/jpeg",
      size: 1_000_000,
      tags: { place: "Rome" },
      width: 4000,
      height: 3000,
      timestamp: new Date(Date.UTC(2026, 10, 1) - index * 1000).toISOString(),
      etag: "0123456789abcdef0123456789abcdef",
      state: "ready",
      collection: imagesCollection,
    };
  });
}

function leftovers(rows: readonly ImageItem[]): ImageItem[] {
  return rows.map(({ imageId, key }) => ({
    imageId,
    key,
    state: "deleting",
    sweep: sweepPartition,
    sweepAfter: "2026-11-01T00:00:00.000Z",
  }));
}

/** @param requests as many as are sent. */
async function measure(
  stores: PagedStores,
  handler: Handler,
  requests: readonly RequestParts[],
): Promise<Cost> {
  const microseconds: number[] = [];
  const before = { ...stores.usage };
  for (let at = 0; at < requests.length; at += inARow) {
    const events = requests.slice(at, at + inARow).map(apiEvent);
    const cpu = process.cpuUsage();
    for (const event of events) {
      const { statusCode = 500, body } = (await handler(event, context)) ?? {};
      if (statusCode >= 400) {
        throw new Error(`A request was answered with ${statusCode}: ${body}`);
      }
    }
    const { user, system } = process.cpuUsage(cpu);
    microseconds.push((user + system) / events.length);
  }
  return {
    microseconds: quantile(microseconds.slice(microseconds.length / 2), 0.5),
    ...per(requests.length, before, stores.usage),
  };
}

function per(divisor: number, before: Usage, after: Usage): Usage {
  const { calls, units } = before;
  return { calls: (after.calls - calls) / divisor, units: (after.units - units) / divisor };
}

/** The first page and one from the middle, in turns. */
function listRequests(list: { userId?: string; tag?: string }, middle: ImageItem): RequestParts[] {
  const { imageId, timestamp } = middle as { imageId: string; timestamp: string };
  const cursor = encodeCursor(list, { id: imageId, timestamp });
  const request = { method: "GET", resource: "/images" };
  return Array.from({ length: inARow * times }, (_, index) => ({
    ...request,
    query: index % 2 === 0 ? { ...list } : { ...list, cursor },
  }));
}

async function measureSweep(rows: readonly ImageItem[]): Promise<Cost> {
  const stores = use(leftovers(rows));
  const sweep = createSweep(settings);
  const cpu = process.cpuUsage();
  await sweep({ time: "2026-11-29T00:00:00Z" } as never, context);
  const { user, system } = process.cpuUsage(cpu);
  return {
    microseconds: (user + system) / rows.length,
    ...per(rows.length, { calls: 0, units: 0 }, stores.usage),
  };
}

async function measureAll(): Promise<ScaleCosts> {
  const rows = makeRows();
  const stores = use(rows);
  const middle = rows[Math.floor(rows.length / 2)];
  if (!middle) {
    throw new Error("There are no images.");
  }
  const list = createList(settings) as Handler;
  // What comes first is measured while the compiler is at work.
  await measure(stores, list, listRequests({ userId }, middle));
  const user = await measure(stores, list, listRequests({ userId }, middle));
  const byTag = await measure(stores, list, listRequests({ tag }, middle));
  const all = await measure(stores, list, listRequests({}, middle));
  const deletes = rows
    .slice(0, Math.min(rows.length, inARow * times))
    .map(({ imageId }) => ({ method: "DELETE", resource: "/images/{id}", id: imageId }));
  const deleted = await measure(stores, createDelete(settings) as Handler, deletes);
  // What deletes have warmed up; and a sweep of no more than an hour may leave.
  const sweep = await measureSweep(rows.slice(0, 10_000));
  return { user, tag: byTag, all, delete: deleted, sweep };
}

void measureAll().then((costs) => {
  process.stderr.write(JSON.stringify(costs));
});
