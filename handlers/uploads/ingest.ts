import type { Logger } from "@aws-lambda-powertools/logger";
import { ApiError, InvalidRequestError, OutcomeUnknownError, TooLargeError } from "../http/errors";
import { bytesInMemory } from "../images/file/bytes";
import type { ImageHeader } from "../images/file/format";
import { inspect } from "../images/file/inspect";
import { locationPatches } from "../images/file/location/location";
import { patchInPlace } from "../images/file/location/patch";
import { imageKey } from "../images/image-key";
import { acceptedTypeOf } from "../images/image-types";
import type { Images } from "../images/images";
import type { ImageDescription, ImageItem, ImageMetadata } from "../images/images-table";
import { type HidingDeps, removeOriginal } from "../images/purge";
import { anyone } from "../users/caller";
import type { UserCounts } from "../users/user-counts";
import type { Uploads } from "./uploads";

/** An image that a client sent, in whichever way. */
export interface Upload {
  /** Nobody else's: where it was taken is blanked in it. */
  image: Buffer;
  /** In lower case, without parameters; `undefined` where it does not say: then the bytes decide. */
  contentType: string | undefined;
  userId: string;
  imageName: string;
  tags: Record<string, string>;
}

/** What ingesting needs. */
export interface IngestDeps extends HidingDeps {
  images: Images;
  uploads: Uploads;
  /** What limits how much users have, if anything does. */
  counts: UserCounts | undefined;
  logger: Logger;
  /** Largest image that is accepted, in bytes. */
  maxBytes: number;
  /** Most pixels that an image may have. */
  maxPixels: number;
  /** Whether files are not to say where they were taken. */
  stripLocation: boolean;
}

/** An image that was stored, and a presigned URL to get it by. */
export interface Ingested {
  metadata: ImageMetadata;
  url: string;
  /** Whether it was stored now, and not by an earlier attempt. */
  isNew: boolean;
}

/**
 * Checks and stores an image: its row first, which shows nothing yet, then the object, then the row
 * as that of an image. A refused image leaves nothing behind, and a failed one nothing that the
 * sweep does not remove.
 *
 * @param imageId the id that every attempt at the same upload is given. If one has succeeded, its
 * image is the answer, and nothing is stored.
 * @throws ApiError 400 (empty), 413 or 415 when the image is not acceptable, 403 `UserLimitReached`
 * or 503 `UserBusy`, 504 `OutcomeUnknown`.
 */
export async function ingest(upload: Upload, deps: IngestDeps, imageId: string): Promise<Ingested> {
  const { image, header } = await checked(upload, deps, imageId);
  // Signed before anything is stored: failing here leaves nothing to clean up.
  const url = await deps.bucket.presign(image.key);
  const isNew = await begin(image, deps, () => deps.uploads.begin(image));
  const metadata = isNew
    ? await store(
        await withoutLocation(upload.image, image.contentType, deps),
        { ...image, ...header },
        deps,
      )
    : await finished(image, deps);
  return { metadata, url, isNew };
}

/**
 * The image that an upload is to become, and what its file says of it.
 *
 * @throws ApiError 400 (empty), 413 or 415 when it is not acceptable.
 */
export async function checked(
  upload: Upload,
  { maxBytes, maxPixels }: Pick<IngestDeps, "maxBytes" | "maxPixels">,
  imageId: string,
): Promise<{ image: ImageDescription; header: ImageHeader }> {
  checkSize(upload.image, maxBytes);
  const stated = upload.contentType === undefined ? undefined : acceptedTypeOf(upload.contentType);
  const found = await inspect(bytesInMemory(upload.image), stated, maxPixels);
  const { contentType, ...header } = found;
  return { image: describe({ ...upload, contentType }, imageId), header };
}

function checkSize(image: Buffer, maxBytes: number): void {
  if (image.length === 0) {
    throw new InvalidRequestError([{ field: "image", problem: "must not be empty" }]);
  }
  if (image.length > maxBytes) {
    throw new TooLargeError("image", maxBytes, "Send it by a form of POST /uploads.");
  }
}

function describe(
  { image, ...upload }: Upload & { contentType: string },
  imageId: string,
): ImageDescription {
  const { contentType, userId, imageName, tags } = upload;
  return {
    imageId,
    userId,
    imageName,
    key: imageKey(userId, imageId, contentType),
    contentType,
    size: image.length,
    tags,
  };
}

/**
 * Begins an upload, if there is room for it.
 *
 * @param note notes that it is under way.
 * @returns false when an earlier attempt at the same upload has made the image.
 */
export async function begin(
  image: ImageDescription,
  { counts, images }: Pick<IngestDeps, "counts" | "images">,
  note: () => Promise<boolean>,
): Promise<boolean> {
  try {
    await counts?.requireRoom(image);
  } catch (error) {
    // There may be no room because that image takes it.
    if ((await images.get(image.imageId))?.key === image.key) {
      return false;
    }
    throw error;
  }
  return await note();
}

/** What is stored of a file. */
interface Stored {
  file: Buffer;
  locationRemoved?: true;
}

/** Blanks in the file itself where it was taken: a copy would be as much memory again. */
async function withoutLocation(
  file: Buffer,
  contentType: string,
  { stripLocation }: IngestDeps,
): Promise<Stored> {
  const patches = stripLocation ? await locationPatches(bytesInMemory(file), contentType) : [];
  patchInPlace(file, patches);
  return { file, ...(patches.length > 0 && { locationRemoved: true }) };
}

async function store(
  { file, ...removed }: Stored,
  described: ImageDescription & ImageHeader,
  deps: IngestDeps,
): Promise<ImageMetadata> {
  let mayBePublished = false;
  try {
    const etag = await deps.bucket.put(described.key, file, described.contentType);
    const metadata = { ...described, ...removed, timestamp: new Date().toISOString(), etag };
    mayBePublished = true;
    if ((await deps.publication.publish(metadata)) !== "done") {
      throw new Error("The upload was deleted before it was complete.");
    }
    return metadata;
  } catch (error) {
    const isHidden = await undo(described.imageId, deps);
    if (mayBePublished && !isHidden && !(error instanceof ApiError)) {
      deps.logger.error("outcome unknown", { error });
      throw outcomeUnknown();
    }
    throw error;
  }
}

/**
 * What a client is told whose image may have been made by a request to DynamoDB that had no answer, and that
 * could not be hidden after that: 504 `OutcomeUnknown`. All else that fails has left nothing to be seen.
 */
export function outcomeUnknown(): OutcomeUnknownError {
  return new OutcomeUnknownError(
    "Whether the image was stored is not known: look for it, or send it with an Idempotency-Key, by which it is stored once.",
  );
}

/** The image that an earlier attempt at the same upload has made. */
async function finished(
  { imageId, key }: ImageDescription,
  { images }: IngestDeps,
): Promise<ImageMetadata> {
  const metadata = await images.require(imageId, anyone);
  if (metadata.key !== key) {
    throw new Error("Another image has this id.");
  }
  return metadata;
}

/**
 * Takes a failed upload back at once: nothing of it is to be seen any more, and all but its row is removed, which
 * stays for the sweep. What cannot be removed now, the sweep removes.
 *
 * @param isMeant tells of its row whether it is to go. `@default` it is
 * @returns whether nothing of it is to be seen any more.
 */
export async function undo(
  imageId: string,
  deps: IngestDeps,
  isMeant?: (item: ImageItem) => boolean,
): Promise<boolean> {
  let isHidden = false;
  try {
    const item = await deps.publication.hide(imageId, new Date(), isMeant);
    isHidden = true;
    await (item && removeOriginal(item, deps));
  } catch (error) {
    deps.logger.error("failed upload left to the sweep", { imageId, error });
  }
  return isHidden;
}
