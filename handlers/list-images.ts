import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDynamoDb, createKms, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler } from "./http/api-handler";
import { maxPayloadBytes, payloadBytes, toJson } from "./http/json";
import { singleParameters, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { defaultPageSize, ListQuery, maxPageSize } from "./http/schemas";
import { Cursors, type List } from "./images/cursor";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import type { ImageMetadata } from "./images/images-table";
import { readSimilarTo, SimilarImages, type SimilarTo } from "./images/similar-images";
import { TaggedImages } from "./images/tagged-images";
import type { RenditionSettings } from "./renditions/settings";
import { readPresets } from "./renditions/signing/read-presets";
import { createRenditionUrls, type RenditionUrls } from "./renditions/signing/rendition-urls";
import type { Caller } from "./users/caller";
import { nameOfUser } from "./users/owned-input";
import { resolveList } from "./users/ownership";

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
  cursors: Cursors;
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

/** GET and HEAD /images: images, newest first, or those that look like one. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const dynamoDb = createDynamoDb();
  const images = new Images(dynamoDb, setting(settings, "IMAGES_TABLE"));
  const deps: ListImagesDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    cursors: new Cursors(createKms(), setting(settings, "CURSOR_KEY_ID")),
    images,
    similar: new SimilarImages(dynamoDb, setting(settings, "IMAGES_TABLE"), images),
    tagged: new TaggedImages(dynamoDb, setting(settings, "TAGS_TABLE"), images),
    urls: createRenditionUrls(settings, logger),
  };
  return createApiHandler(logger, settings, {
    parse: (event, { caller }) => parse(event, caller, deps.urls.settings.renditions),
    act: (input) => listImages(input, deps),
    // Of one user's, and with keys if URLs are asked for.
    respond: (output) => jsonResponse(200, output, { "Cache-Control": "private, no-store" }),
  });
}

/** @throws ApiError 400 when the request breaks the contract, 403 `NotYourUser`. */
function parse(
  event: APIGatewayProxyEvent,
  caller: Caller,
  renditions: RenditionSettings,
): ListImagesInput {
  const parameters = singleParameters(event);
  const query = validate(ListQuery, parameters);
  const { userId, tag, limit, cursor, urls, preset } = query;
  return {
    userId: resolveList(caller, userId, nameOfUser(ListQuery, parameters)),
    caller,
    tag,
    limit: Math.min(Number(limit ?? defaultPageSize), maxPageSize),
    cursor,
    withUrls: urls === "true",
    presets: readPresets(preset, renditions),
    similarTo: readSimilarTo(query),
  };
}

/**
 * One page. It is shorter than the limit when more metadata would outgrow what a function may
 * return; the next page goes on from there.
 *
 * @throws ApiError 400 `InvalidCursor`; of `similarTo`, 404 and 409.
 */
export async function listImages(
  input: ListImagesInput,
  deps: ListImagesDeps,
): Promise<ListImagesOutput> {
  const { cursors, images, similar, tagged } = deps;
  const { userId, caller, tag, limit, cursor, similarTo } = input;
  const after = cursor === undefined ? undefined : await cursors.decode(input, cursor);
  // One more than asked for: only an image that is there proves that there are more.
  const found = similarTo
    ? similar.list(similarTo, { userId, caller }, limit + 1)
    : tag === undefined
      ? images.list(userId, after, limit + 1)
      : tagged.list(tag, userId, after, limit + 1);
  const page: ListedImage[] = [];
  let bytes = 0;
  for await (const metadata of found) {
    const last = page.at(-1);
    // Of the image that only proves that there are more, nothing is to be signed.
    const image = page.length === limit ? metadata : await withUrls(metadata, input, deps);
    bytes += payloadBytes(toJson(image));
    if (last && (page.length === limit || bytes > maxPayloadBytes)) {
      if (similarTo) {
        return { images: page, count: page.length, hasMore: true };
      }
      const nextCursor = await cursors.encode(input, last);
      return { images: page, count: page.length, hasMore: true, nextCursor };
    }
    page.push(image);
  }
  return { images: page, count: page.length, hasMore: false };
}

async function withUrls(
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
