import { Logger } from "@aws-lambda-powertools/logger";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { ApiError } from "../http/errors";
import { maxPayloadBytes } from "../http/json";
import { imageNotFound } from "../images/image-id";
import { Images } from "../images/images";
import { ImagesBucket } from "../images/images-bucket";
import type { ImageMetadata } from "../images/images-table";
import type { Operations } from "./operations";
import type { SecondsLeft } from "./render/decoding";
import type { Mark } from "./render/overlay";
import { type Rendition, render } from "./render/render";
import { renditionsPrefix } from "./rendition-keys";
import { RenditionsBucket } from "./renditions-bucket";

/** Largest rendition that is answered as bytes: in a function's payload, base64 takes a third more. */
const maxContentBytes = Math.floor(maxPayloadBytes / 4) * 3;

/** Seconds for which the URL works that leads to a rendition which is too large for an answer. */
const redirectSeconds = 300;

/** How often a rendition is made of an image that others change meanwhile. */
const maxAttempts = 3;

/** Which rendition of which image, and how long making it may take. */
export interface RenderImageInput {
  imageId: string;
  /** In the normal form, which is the end of the rendition's key. */
  text: string;
  operations: Operations;
  /** Whether only the headers are wanted that GET would have. */
  isHead: boolean;
  secondsLeft: SecondsLeft;
}

/** What rendering an image needs. */
export interface RenderImageDeps {
  images: Pick<Images, "get">;
  originals: Pick<ImagesBucket, "readBytes">;
  renditions: Pick<RenditionsBucket, "put" | "presign" | "removeVersion">;
  /** Of the image that renditions are marked with, if there is one. */
  watermarkId: string | undefined;
  logger: Pick<Logger, "error">;
}

/** A rendition as it is stored and, where an answer cannot hold it, the URL that it is at. */
export type RenderImageOutput = Rendition & { etag: string; isHead: boolean; url?: string };

/**
 * Makes and stores a rendition, unless the image is deleted, or is said to be about something else,
 * while that is done: then it is removed again.
 *
 * @throws ApiError 400, 404 `ImageNotFound` or `WatermarkNotFound`, 409 `ImageChanging`, 413 or 415.
 */
export async function renderImage(
  input: RenderImageInput,
  deps: RenderImageDeps,
): Promise<RenderImageOutput> {
  const { imageId, text, isHead } = input;
  const key = `${renditionsPrefix(imageId)}${text}`;
  let image = await findImage(imageId, deps);
  for (let attempt = 1; ; attempt++) {
    const rendition = await makeRendition(image, input, deps);
    const { version, etag } = await deps.renditions.put(
      key,
      rendition.bytes,
      rendition.contentType,
    );
    // Whoever deletes or changes the image hides or changes its row first, and then removes what is
    // stored: it either finds this rendition, or has changed the row by now.
    const now = await deps.images.get(imageId);
    if (now && isSame(now, image)) {
      const isTooLarge = !isHead && rendition.bytes.length > maxContentBytes;
      const url = isTooLarge && (await deps.renditions.presign(key, redirectSeconds));
      return { ...rendition, etag, isHead, ...(url && { url }) };
    }
    await deps.renditions.removeVersion(version);
    if (!now) {
      throw imageNotFound();
    }
    if (attempt === maxAttempts) {
      throw changing();
    }
    image = now;
  }
}

function changing(): ApiError {
  return new ApiError(
    409,
    "ImageChanging",
    "Others change what the image is about again and again: try again in a moment.",
    {},
    { "Retry-After": "2" },
  );
}

async function findImage(imageId: string, { images }: RenderImageDeps): Promise<ImageMetadata> {
  const image = await images.get(imageId);
  if (!image) {
    throw imageNotFound();
  }
  return image;
}

/** Whether renditions of the one are those of the other. */
function isSame(one: ImageMetadata, other: ImageMetadata): boolean {
  return (
    one.key === other.key &&
    one.focalPoint?.x === other.focalPoint?.x &&
    one.focalPoint?.y === other.focalPoint?.y
  );
}

async function makeRendition(
  image: ImageMetadata,
  { operations, secondsLeft }: RenderImageInput,
  deps: RenderImageDeps,
): Promise<Rendition> {
  const [original, watermark] = await Promise.all([
    readOriginal(image, deps),
    operations.watermark && readWatermark(deps),
  ]);
  return await render({
    original,
    operations,
    orientation: image.orientation,
    focalPoint: image.focalPoint,
    watermark,
    secondsLeft,
  });
}

/** @throws ApiError 404 `ImageNotFound` when it is not there, and not only cannot be read now. */
async function readOriginal(
  { imageId, key }: ImageMetadata,
  { images, originals, logger }: RenderImageDeps,
): Promise<Uint8Array> {
  try {
    return await originals.readBytes(key);
  } catch (error) {
    // The bucket does not tell that an object is gone from that it may not be read.
    if (!(error instanceof S3ServiceException && isMissing(error))) {
      throw error;
    }
    if (await images.get(imageId)) {
      logger.error("the original of an image is missing", { imageId, error });
    }
    throw imageNotFound();
  }
}

function isMissing({ $metadata }: S3ServiceException): boolean {
  return $metadata.httpStatusCode === 403 || $metadata.httpStatusCode === 404;
}

async function readWatermark(deps: RenderImageDeps): Promise<Mark> {
  const image = deps.watermarkId && (await deps.images.get(deps.watermarkId));
  if (!image) {
    throw new ApiError(404, "WatermarkNotFound", "The image of the watermark does not exist.");
  }
  return { bytes: await readOriginal(image, deps), orientation: image.orientation };
}
