// What the program that creates the images table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** The index that answers "the images of one user, newest first". */
export const userIndex = "UserIndex";

/** The index that answers "all images, newest first" without a Scan. */
export const timelineIndex = "TimelineIndex";

/** The sparse index that answers "what an interrupted upload or delete has left behind". */
export const sweepIndex = "SweepIndex";

/**
 * The one value of `collection`, hash key of `TimelineIndex`. All images share a partition of that
 * index, which takes 1,000 writes per second: far above what the API's throttle lets in.
 */
export const imagesCollection = "images";

/** The one value of `sweep`, hash key of `SweepIndex`. */
export const sweepPartition = "sweep";

/** Names of the table's key attributes; all are strings. */
export const imagesTableKeys = {
  /** Partition key of the table. */
  imageId: "imageId",
  /** Partition key of `UserIndex`. */
  userId: "userId",
  /** Partition key of `TimelineIndex`. */
  collection: "collection",
  /** Sort key of both. */
  timestamp: "timestamp",
  /** Partition key of `SweepIndex`. */
  sweep: "sweep",
  /** Sort key of `SweepIndex`. */
  sweepAfter: "sweepAfter",
} as const;

/** The attribute by which DynamoDB expires items, in seconds since 1970. */
export const imagesTableTtl = "expiresAt";

/** What an upload says of its image. */
export interface ImageDescription {
  /** UUID, version 4. */
  imageId: string;
  userId: string;
  imageName: string;
  /** Of the object in the images bucket. */
  key: string;
  contentType: string;
  /** Bytes. */
  size: number;
  tags: Record<string, string>;
}

/** Metadata of an image, alike in the table and on every route. */
export interface ImageMetadata extends ImageDescription {
  /** When the image became ready: ISO 8601, UTC, milliseconds. */
  timestamp: string;
  /** Pixels as stored in the file, before `orientation` is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1–8, if the file states one. Nothing else is read from EXIF. */
  orientation?: number;
  /** Of the object, without quotes. */
  etag: string;
}

/** What every item has until it is swept, and no other item. */
interface Sweepable {
  sweep: typeof sweepPartition;
  /** ISO 8601, UTC, milliseconds: from then on the sweep removes what has come of it. */
  sweepAfter: string;
}

/** An upload under way. No route shows it as an image. */
export interface PendingItem extends ImageDescription, Sweepable {
  state: "pending";
}

/** A direct upload under way; its upload id is the image's. */
export interface PendingUpload extends PendingItem {
  /** The key to which the client uploads. */
  stagingKey: string;
  /** The version there that was taken for the image; later ones are not looked at. */
  stagingVersion?: string;
  /** Set until an object has arrived. */
  expiresAt?: number;
}

/** An image that every route shows. */
export interface ReadyItem extends ImageMetadata {
  state: "ready";
  collection: typeof imagesCollection;
  /** Set if it was uploaded directly. */
  stagingKey?: string;
}

/** Why a direct upload was rejected, as an error of the API would say. */
export interface Rejection {
  code: string;
  message: string;
}

/** A direct upload that was rejected, kept to tell the client so. */
export interface RejectedUpload {
  imageId: string;
  state: "rejected";
  key: string;
  stagingKey: string;
  rejection: Rejection;
  expiresAt: number;
}

/** What is left of an image while its objects are removed: nothing personal. */
export interface DeletingItem extends Sweepable {
  imageId: string;
  state: "deleting";
  key: string;
  stagingKey?: string;
}

/** An item of the table. */
export type ImageItem = PendingItem | PendingUpload | ReadyItem | RejectedUpload | DeletingItem;

/** The metadata in an item, without what only the table and its indexes need. */
export function toMetadata(item: ImageMetadata): ImageMetadata {
  const { imageId, timestamp, userId, imageName, key, contentType, size, tags } = item;
  const { width, height, orientation, etag } = item;
  return {
    imageId,
    timestamp,
    userId,
    imageName,
    key,
    contentType,
    size,
    tags,
    width,
    height,
    ...(orientation !== undefined && { orientation }),
    etag,
  };
}
