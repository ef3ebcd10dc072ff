import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { ApiError } from "../http/errors";
import { clearRenditions, type RenditionDeps } from "../renditions/clear-renditions";
import { ImageFindings } from "./image-findings";
import { ImagesBucket } from "./images-bucket";
import type { ImageItem, ImageLook, ReadyItem, RejectedItem } from "./images-table";
import { lookAt } from "./look/look-at";

/**
 * Longer than any upload takes from storing its object to making an image of it. One that is still
 * pending then was cut off; a new attempt stores another object, which comes with an event of its own.
 */
const longestUploadMs = 150_000;

/** What describing an image needs. */
export interface DescribeImageDeps extends RenditionDeps {
  bucket: ImagesBucket;
  findings: ImageFindings;
  /** Most pixels that an image may have. */
  maxPixels: number;
  /** How long to wait for an upload to become an image, in milliseconds. */
  patienceMs: number;
}

/**
 * Describes the image of an object that has arrived, or rejects it. The table alone says what is to
 * be done, so that events may come twice, late and in any order, and every step may be repeated.
 *
 * @param arrivedAt when it has.
 * @throws Error while the upload of the object is under way: the event comes again.
 */
export async function describeImage(
  key: string,
  arrivedAt: Date,
  deps: DescribeImageDeps,
): Promise<void> {
  const item = await settled(key, arrivedAt, deps);
  if (item?.key !== key) {
    return;
  }
  if (item.state === "ready" && item.perceptualHash === undefined) {
    await decide(item, deps);
  } else if (item.state === "rejected" && !item.neverReady) {
    await withdraw(item, deps);
  }
}

/** The row of an object's image, once it is more than an upload under way, or never will be. */
async function settled(
  key: string,
  arrivedAt: Date,
  deps: DescribeImageDeps,
): Promise<ImageItem | undefined> {
  const imageId = path.basename(key, path.extname(key));
  let delayMs = 50;
  for (let waitedMs = 0; ; waitedMs += delayMs, delayMs *= 2) {
    const item = imageId === "" ? undefined : await deps.findings.get(imageId);
    if (item?.state !== "pending" || Date.now() - arrivedAt.getTime() > longestUploadMs) {
      return item;
    }
    if (waitedMs + delayMs > deps.patienceMs) {
      throw new Error("The upload is not an image yet.");
    }
    await setTimeout(delayMs);
  }
}

async function decide(item: ReadyItem, deps: DescribeImageDeps): Promise<void> {
  let look: ImageLook;
  try {
    look = await lookAtObject(item, deps);
  } catch (error) {
    if (error instanceof ApiError) {
      const { code, message } = error;
      const rejected = await deps.findings.reject(item, { code, message });
      await (rejected && withdraw(rejected, deps));
      return;
    }
    const now = await deps.findings.get(item.imageId);
    if (now?.state === "ready" && now.etag === item.etag) {
      throw error;
    }
    // It was deleted meanwhile, and its object with it.
    return;
  }
  await deps.findings.describe(item, look);
}

/** @throws ApiError when it cannot be decoded; any other error is no fault of the image. */
async function lookAtObject(
  { key, size, etag, contentType, width, height, orientation }: ReadyItem,
  { bucket, maxPixels }: DescribeImageDeps,
): Promise<ImageLook> {
  const folder = await mkdtemp(path.join(tmpdir(), "describe-"));
  try {
    const file = path.join(folder, "image");
    await bucket.download(key, etag, size, file);
    return await lookAt({
      path: file,
      size,
      contentType,
      orientation,
      // What was taken for an image when more were allowed is one still.
      maxPixels: Math.max(maxPixels, width * height),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Hides the object of what was rejected, from which it can be recovered, and removes renditions. */
async function withdraw(item: RejectedItem, deps: DescribeImageDeps): Promise<void> {
  await deps.bucket.hide(item.key);
  if ((await clearRenditions(item, deps)) === "throttled") {
    throw new Error("The edge has too much to forget already.");
  }
}
