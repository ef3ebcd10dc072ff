import { createHash } from "node:crypto";
import type { ImageMetadata, ReadyItem } from "./images-table";

// What the program that creates the tags table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** The index that answers "all images with one tag, newest first". Projects keys only. */
export const tagIndex = "TagIndex";

/** The index that answers "the images of one user with one tag, newest first". Projects keys only. */
export const userTagIndex = "UserTagIndex";

/** Names of the table's key attributes; all are strings. */
export const tagsTableKeys = {
  /** Partition key of the table. */
  imageId: "imageId",
  /** Sort key of the table, partition key of `TagIndex`. */
  tag: "tag",
  /** Partition key of `UserTagIndex`. */
  userTag: "userTag",
  /** Sort key of both indexes. */
  timestamp: "timestamp",
} as const;

/** A tag of an image that is ready. */
export interface TagEntry {
  imageId: string;
  /** See `tagHash`. */
  tag: string;
  /** See `userTagHash`. */
  userTag: string;
  /** The image's. */
  timestamp: string;
}

/**
 * Stands for the tag `key:value` in the table: tags may have any characters, and the longest are
 * larger than DynamoDB takes as a sort key.
 */
export function tagHash(tag: string): string {
  return sha256(tag);
}

/** Stands for a tag of one user's images. */
export function userTagHash(userId: string, tag: string): string {
  return sha256(JSON.stringify([userId, tag]));
}

/** One entry for every text `key:value`: two tags may have the same, since keys may have colons. */
export function tagEntries(image: ImageMetadata): TagEntry[] {
  const { imageId, userId, timestamp, tags } = image;
  return [...tagTexts(tags)].map((text) => ({
    imageId,
    tag: tagHash(text),
    userTag: userTagHash(userId, text),
    timestamp,
  }));
}

/** The texts `key:value` of an image's tags. */
export function tagTexts(tags: Readonly<Record<string, string>>): Set<string> {
  return new Set(Object.entries(tags).map(([key, value]) => `${key}:${value}`));
}

/** The keys of all entries that an image has, those of tags included that it has no more. */
export function entryKeys(image: ReadyItem): Pick<TagEntry, "imageId" | "tag">[] {
  const { imageId, staleTags = [] } = image;
  const tags = [...tagEntries(image).map(({ tag }) => tag), ...staleTags];
  return tags.map((tag) => ({ imageId, tag }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
