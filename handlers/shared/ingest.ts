import { createHash, randomUUID } from "node:crypto";
import type { Logger } from "@aws-lambda-powertools/logger";
import { InvalidRequestError, TooLargeError } from "./errors";
import { checkSignature } from "./image-signature";
import { imageExtension } from "./image-types";
import type { Images } from "./images";
import type { ImagesBucket } from "./images-bucket";
import type { ImageMetadata } from "./images-table";

/** An image that a client sent, in whichever way. */
export interface Upload {
  image: Buffer;
  /** In lower case, without parameters. */
  contentType: string;
  userId: string;
  imageName: string;
  tags: Record<string, string>;
}

/** What ingesting needs. */
export interface IngestDeps {
  bucket: ImagesBucket;
  images: Images;
  logger: Logger;
  /** Largest image that is accepted, in bytes. */
  maxBytes: number;
}

/** An image that was stored, and a presigned URL to get it by. */
export interface Ingested {
  metadata: ImageMetadata;
  url: string;
}

/**
 * Checks and stores an image: the object first, then its metadata, so that metadata never lacks an
 * object. A refused image leaves nothing behind, and if the metadata cannot be written, the object
 * is removed again. Should S3 store an object yet its answer be lost, no route shows that object.
 *
 * @throws ApiError 400 (empty), 413 or 415 when the image is not acceptable.
 */
export async function ingest(
  upload: Upload,
  deps: IngestDeps,
  imageId: string = randomUUID(),
): Promise<Ingested> {
  const metadata = await describe(upload, deps.maxBytes, imageId);
  // Signed before anything is stored: failing here leaves nothing to clean up.
  const url = await deps.bucket.presign(metadata.key);
  const version = await deps.bucket.put(metadata.key, upload.image, metadata.contentType);
  try {
    await deps.images.add(metadata);
  } catch (error) {
    await undo(metadata, version, deps);
    throw error;
  }
  return { metadata, url };
}

async function describe(upload: Upload, maxBytes: number, imageId: string): Promise<ImageMetadata> {
  const { image, contentType, userId, imageName, tags } = upload;
  if (image.length === 0) {
    throw new InvalidRequestError([{ field: "image", problem: "must not be empty" }]);
  }
  if (image.length > maxBytes) {
    throw new TooLargeError("ImageTooLarge", "The image", maxBytes);
  }
  const extension = imageExtension(contentType);
  await checkSignature(image, contentType);
  return {
    imageId,
    timestamp: new Date().toISOString(),
    userId,
    imageName,
    key: `images/${userPrefix(userId)}/${imageId}.${extension}`,
    contentType,
    size: image.length,
    tags,
  };
}

/** Stands for the user in keys: a hash cannot leave its prefix, whatever characters an id has. */
function userPrefix(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 32);
}

/**
 * Removes an upload whose metadata could not be written. The item is removed as well as the object,
 * since a write that timed out may have been carried out. What cannot be removed is logged with its
 * key, for the operator.
 */
async function undo(
  metadata: ImageMetadata,
  version: string | undefined,
  { bucket, images, logger }: IngestDeps,
): Promise<void> {
  const removals = await Promise.allSettled([
    images.remove(metadata),
    bucket.remove(metadata.key, version),
  ]);
  for (const removal of removals) {
    if (removal.status === "rejected") {
      const error: unknown = removal.reason;
      logger.error("failed upload left behind", { key: metadata.key, error });
    }
  }
}
