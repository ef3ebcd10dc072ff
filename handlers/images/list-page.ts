import { decodeCursor, encodeCursor, type List, type Position } from "../http/cursor";
import { readPage } from "../http/page";
import type { RenditionUrls } from "../renditions/signing/rendition-urls";
import type { Caller } from "../users/caller";
import { Images } from "./images";
import { ImagesBucket } from "./images-bucket";
import type { ImageMetadata } from "./images-table";
import { SimilarImages, type SimilarTo } from "./similar-images";
import { TaggedImages } from "./tagged-images";

/** Which images are asked for. */
export interface ListImagesInput extends List {
  caller: Caller;
  /** How many at most, 1–100. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  /** Whether presigned URLs are wanted. */
  withUrls: boolean;
  /** Presets of which URLs are wanted. */
  presets: readonly string[];
  /** What the images are to look like, instead of all, newest first. */
  similarTo?: SimilarTo | undefined;
}

/** What listing images needs. */
export interface ListImagesDeps {
  bucket: ImagesBucket;
  images: Images;
  tagged: TaggedImages;
  similar: SimilarImages;
  urls: RenditionUrls;
}

/**
 * An image's metadata, and URLs if wanted: a presigned one, and those of renditions by preset. Of one
 * that is similar, by how much it differs.
 */
export type ListedImage = ImageMetadata & {
  url?: string;
  urls?: Record<string, string>;
  distance?: number;
};

/** One page of a list. */
export interface ListImagesOutput {
  images: ListedImage[];
  /** How many images this page has. */
  count: number;
  hasMore: boolean;
  /** Where the next page starts; set exactly when there is one. What is similar has one page. */
  nextCursor?: string;
}

/**
 * One page.
 *
 * @throws ApiError 400 `InvalidCursor`; of `similarTo`, 404 and 409.
 */
export async function listImages(
  input: ListImagesInput,
  deps: ListImagesDeps,
): Promise<ListImagesOutput> {
  const { images, similar, tagged } = deps;
  const { userId, caller, tag, limit, cursor, similarTo } = input;
  const after = cursor === undefined ? undefined : decodeCursor(input, cursor);
  // One more than asked for: only an image that is there proves that there are more.
  const found = similarTo
    ? similar.list(similarTo, { userId, caller }, limit + 1)
    : tag === undefined
      ? images.list(userId, after, limit + 1)
      : tagged.list(tag, userId, after, limit + 1);
  const show = (metadata: ImageMetadata) => withUrls(metadata, input, deps);
  const { items, last, hasMore } = await readPage(found, limit, show);
  const page = { images: items, count: items.length, hasMore };
  return last && hasMore && !similarTo
    ? { ...page, nextCursor: encodeCursor(input, positionOf(last)) }
    : page;
}

function positionOf({ timestamp, imageId }: ImageMetadata): Position {
  return { timestamp, id: imageId };
}

export async function withUrls(
  metadata: ImageMetadata,
  { withUrls: isPresigned, presets }: ListImagesInput,
  { bucket, urls }: ListImagesDeps,
): Promise<ListedImage> {
  return {
    ...metadata,
    ...(isPresigned && { url: await bucket.presign(metadata.key) }),
    ...(presets.length > 0 && { urls: await urls.byPreset(metadata.imageId, presets) }),
  };
}
