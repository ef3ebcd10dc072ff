import { isDeepStrictEqual } from "node:util";
import sharp from "sharp";
import { toMetadata, type ImageMetadata } from "../../handlers/images/images-table";
import { download } from "../../tests/e2e/support/api";
import type { Stack } from "../../tests/e2e/support/stack";
import type { Audit, KeptImage, KeptResult } from "./audit";
import type { Client } from "./client";
import { inLanes } from "./lanes";
import type { Ledger, UploadEntry } from "./ledger";
import { apiRequest } from "./requests";
import { isGone, viewFocused, viewRequest } from "./views";

interface Reader {
  stack: Stack;
  client: Client;
}

/**
 * Reads everything that is kept as clients do, over the API and the CDN.
 *
 * @returns what is not readable, or not what was sent; one sentence each.
 */
export async function readBack(
  { images, results }: Audit,
  ledger: Ledger,
  reader: Reader,
): Promise<string[]> {
  const lost: string[] = [];
  await inLanes(images, async (image) => {
    lost.push(...(await readImage(image, reader)));
  });
  await inLanes(results, async (result) => {
    lost.push(...(await readResult(result, reader)));
  });
  await inLanes(ledger.uploads, async (entry) => {
    if (entry.deletion === "acknowledged") {
      lost.push(...(await readDeleted(entry, reader)));
    }
  });
  await inLanes(listsOf(images), async (list) => {
    if (!isDeepStrictEqual(await readList(list.query, reader), list.imageIds)) {
      lost.push(`images of the list ${list.query}`);
    }
  });
  return lost;
}

/** The API and the edge have to say that a deleted image is gone. */
async function readDeleted(
  { imageId, urls = new Set() }: UploadEntry,
  { client, stack }: Reader,
): Promise<string[]> {
  const lost: string[] = [];
  const requests = [...urls].map((url) => viewRequest(stack, url));
  for (const request of [apiRequest(stack, "GET", `/images/${imageId ?? ""}`), ...requests]) {
    const outcome = await client.send(request);
    if (outcome.is !== "refused" || !outcome.answer || !isGone(outcome.answer)) {
      lost.push(`deletion of ${new URL(request.url).pathname}`);
    }
  }
  return lost;
}

async function readImage({ item, entry }: KeptImage, reader: Reader): Promise<string[]> {
  const { imageId } = item;
  const path = `/images/${imageId}`;
  const metadata = toMetadata(item);
  const lost: string[] = [];
  const told = JSON.parse(entry.answer ?? "{}") as { metadata?: ImageMetadata };
  const shown = (await readJson(path, reader)) as { metadata?: ImageMetadata } | undefined;
  // What was told at once stays; how the image looks and where its focus is comes later.
  const withToldOnes = { ...metadata, ...told.metadata };
  if (![shown?.metadata, withToldOnes].every((other) => isDeepStrictEqual(other, metadata))) {
    lost.push(`metadata of image ${imageId}`);
  }
  if (metadata.perceptualHash === undefined) {
    lost.push(`description of image ${imageId}`);
  }
  if (entry.refocus !== undefined && !(await isFocused(metadata, entry, reader))) {
    lost.push(`focal point of image ${imageId}`);
  }
  const content = await read(`${path}/content`, reader, { accept: "image/*" });
  if (!content?.equals(entry.plan.image)) {
    lost.push(`content of image ${imageId}`);
  }
  return lost;
}

/** Whether the rendition that the focal point decides is of the half of the image where that is. */
async function isFocused(
  { imageId, focalPoint }: ImageMetadata,
  { refocus }: UploadEntry,
  reader: Reader,
): Promise<boolean> {
  if (!focalPoint) {
    return refocus !== "acknowledged";
  }
  const rendition = await viewFocused(imageId, reader);
  const { channels } = await sharp(rendition).removeAlpha().stats();
  const isLight = (channels[0]?.mean ?? 0) > 127;
  return isLight === focalPoint.x > 0.5;
}

async function readResult({ key, text, entry }: KeptResult, { stack }: Reader): Promise<string[]> {
  const result = await download(stack, `${stack.outputs.cdnUrl}/${key}`);
  const told =
    entry.answer ?? JSON.stringify({ s3Key: key, processedData: JSON.parse(text) as unknown });
  const { s3Key, processedData } = JSON.parse(told) as { s3Key: string; processedData: unknown };
  const isSame =
    s3Key === key &&
    result.body.toString() === text &&
    isDeepStrictEqual(JSON.parse(text), processedData);
  return isSame ? [] : [`result ${key} of document ${entry.plan.name}`];
}

interface ExpectedList {
  query: string;
  /** In the order in which they are to be listed. */
  imageIds: string[];
}

/** The list of all images, and those of each user, each tag, and each tag of each user. */
function listsOf(images: readonly KeptImage[]): ExpectedList[] {
  const lists = new Map<string, ImageMetadata[]>();
  for (const { item } of images) {
    const tags = Object.entries(item.tags).map(([key, value]) => ({ tag: `${key}:${value}` }));
    const user = { userId: item.userId };
    const queries = [{}, user, ...tags, ...tags.map((tag) => ({ ...user, ...tag }))];
    for (const query of queries) {
      const text = String(new URLSearchParams(query));
      lists.set(text, [...(lists.get(text) ?? []), item]);
    }
  }
  return [...lists].map(([query, items]) => ({
    query,
    imageIds: items.map(({ imageId }) => imageId).sort(),
  }));
}

async function readList(query: string, reader: Reader): Promise<string[]> {
  const imageIds: string[] = [];
  let cursor = "";
  do {
    const page = (await readJson(`/images?limit=100&${query}${cursor}`, reader)) as
      | { images: ImageMetadata[]; nextCursor?: string }
      | undefined;
    imageIds.push(...(page?.images ?? []).map(({ imageId }) => imageId));
    cursor = page?.nextCursor === undefined ? "" : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== "");
  return imageIds.sort();
}

async function readJson(path: string, reader: Reader): Promise<unknown> {
  const bytes = await read(path, reader);
  return bytes && JSON.parse(bytes.toString());
}

async function read(
  path: string,
  { client, stack }: Reader,
  headers: Record<string, string> = {},
): Promise<Buffer | undefined> {
  const outcome = await client.send(apiRequest(stack, "GET", path, headers));
  return outcome.is === "done" ? outcome.answer.bytes : undefined;
}
