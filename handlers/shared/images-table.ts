// What the program that creates the images table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** The index that answers "the images of one user, newest first". */
export const userIndex = "UserIndex";

/** The index that answers "all images, newest first" without a Scan. */
export const timelineIndex = "TimelineIndex";

/**
 * The one value of `collection`, hash key of `TimelineIndex`. All images share a partition of that
 * index, which takes 1,000 writes per second: far above what the API's throttle lets in.
 */
export const imagesCollection = "images";

/** Names of the table's key attributes; all are strings. */
export const imagesTableKeys = {
  /** Partition key of the table. */
  imageId: "imageId",
  /** Partition key of `UserIndex`. */
  userId: "userId",
  /** Partition key of `TimelineIndex`. */
  collection: "collection",
  /** Sort key of both indexes. */
  timestamp: "timestamp",
} as const;

/** Metadata of an image, alike in the table and on every route. */
export interface ImageMetadata {
  /** UUID, version 4. */
  imageId: string;
  /** When the image was taken in: ISO 8601, UTC, milliseconds. */
  timestamp: string;
  userId: string;
  imageName: string;
  /** Of the object in the images bucket. */
  key: string;
  contentType: string;
  /** Bytes. */
  size: number;
  tags: Record<string, string>;
}

/** An image's item in the table. */
export interface ImageItem extends ImageMetadata {
  collection: typeof imagesCollection;
}

/** The metadata of an item, without what only the table's indexes need. */
export function toMetadata(item: ImageItem): ImageMetadata {
  const { imageId, timestamp, userId, imageName, key, contentType, size, tags } = item;
  return { imageId, timestamp, userId, imageName, key, contentType, size, tags };
}
