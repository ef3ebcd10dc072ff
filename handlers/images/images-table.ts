// What the program that creates the images table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** The index that answers "the images of one user, newest first". */
export const userIndex = "UserIndex";

/** The index that answers "all images, newest first" without a Scan. */
export const timelineIndex = "TimelineIndex";

/** The sparse index that answers "what the images of one user look like". Projects keys only. */
export const similarIndex = "SimilarIndex";

/** The sparse index that answers "what an interrupted upload or delete has left behind". */
export const sweepIndex = "SweepIndex";

/**
 * The one value of `collection`, hash key of `TimelineIndex`. All images share a partition of that
 * index, which takes 1,000 writes per second: far above what the API's throttle lets in.
 */
export const imagesCollection = "images";

/** The one value of `sweep`, hash key of `SweepIndex`. */
export const sweepPartition = "sweep";

/** The value of `sweep` of what stays, but whose renditions the sweep is to remove once more. */
export const refreshPartition = "renditions";

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
  /** Sort key of `SimilarIndex`, whose partition key is `userId`. */
  perceptualHash: "perceptualHash",
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

/** What an image is about, as parts of its width and height as shown: 0 to 1, from left and top. */
export interface FocalPoint {
  x: number;
  y: number;
}

/** What decoding an image has told. */
export interface ImageLook {
  /** Of the image as shown, in base64. https://evanw.github.io/thumbhash/ */
  thumbHash: string;
  /** `#rrggbb`. */
  dominantColor: string;
  /** Whether any pixel is, of the first frame. */
  transparent: boolean;
  /** 1 unless it is an animated GIF or WebP. */
  frames: number;
  /** Of the image as shown: 64 bits as 16 hex digits. See `perceptualHash`. */
  perceptualHash: string;
}

/** Metadata of an image, alike in the table and on every route. */
export interface ImageMetadata extends ImageDescription, Partial<ImageLook> {
  /** When the image became ready: ISO 8601, UTC, milliseconds. */
  timestamp: string;
  /** Pixels as stored in the file, before `orientation` is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1–8, if the file states one. Nothing else is read from EXIF. */
  orientation?: number;
  /** Of the object, without quotes. */
  etag: string;
  /** Set if a client has said so. */
  focalPoint?: FocalPoint;
  /** Set if the file said where it was taken, which was blanked. */
  locationRemoved?: true;
}

/** What every item has until it is swept, and no other item. */
interface Sweepable {
  sweep: typeof sweepPartition;
  /** ISO 8601, UTC, milliseconds: from then on the sweep removes what has come of it. */
  sweepAfter: string;
}

/**
 * What an item has for some time after its renditions became those of nothing any more: while they are
 * removed, one may be about to be stored by a function that will not live to take it back.
 */
interface Refreshable {
  sweep?: typeof refreshPartition;
  /** ISO 8601, UTC, milliseconds: from then on the sweep removes its renditions once more. */
  sweepAfter?: string;
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
export interface ReadyItem extends ImageMetadata, Refreshable {
  state: "ready";
  collection: typeof imagesCollection;
  /** Set if it was uploaded directly. */
  stagingKey?: string;
  /** How often it was changed since it became ready; left out before the first time. */
  revision?: number;
  /** Hashes of tags that it has no more, whose entries are still to be removed. */
  staleTags?: string[];
  /**
   * Name of the users table that counts it, if one does: none counts images from before it was there,
   * and another than today's may have been there when the image was published.
   */
  countedIn?: string;
  /** Set while caches may have renditions of another focal point that are removed already. */
  invalidationOwed?: true;
}

/** Why an upload was rejected, as an error of the API would say. */
export interface Rejection {
  code: string;
  message: string;
}

/** A direct upload that was rejected, or an image that proved to be none; kept to tell so. */
export interface RejectedItem extends Refreshable {
  imageId: string;
  state: "rejected";
  key: string;
  stagingKey?: string;
  rejection: Rejection;
  expiresAt: number;
  /** Set if it was rejected before it was ready: then nothing is kept of it but this. */
  neverReady?: true;
  /** Set while caches may have renditions that are removed already. */
  invalidationOwed?: true;
}

/** What is left of an image while its objects are removed: nothing personal. */
export interface DeletingItem extends Sweepable {
  imageId: string;
  state: "deleting";
  key: string;
  stagingKey?: string;
  /** Set while caches may have renditions that are removed already. */
  invalidationOwed?: true;
}

/** An item of the table. */
export type ImageItem = PendingItem | PendingUpload | ReadyItem | RejectedItem | DeletingItem;

/** All of an image's metadata, in the order in which routes show them. */
const metadataNames: Readonly<Record<keyof ImageMetadata, true>> = {
  imageId: true,
  timestamp: true,
  userId: true,
  imageName: true,
  key: true,
  contentType: true,
  size: true,
  tags: true,
  width: true,
  height: true,
  orientation: true,
  etag: true,
  focalPoint: true,
  locationRemoved: true,
  thumbHash: true,
  dominantColor: true,
  transparent: true,
  frames: true,
  perceptualHash: true,
};

/** The metadata in an item, without what only the table and its indexes need. */
export function toMetadata(item: ImageMetadata): ImageMetadata {
  const names = Object.keys(metadataNames) as (keyof ImageMetadata)[];
  const known = names.filter((name) => item[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, item[name]])) as unknown as ImageMetadata;
}
