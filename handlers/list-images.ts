import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createKms, createS3 } from "./shared/clients";
import { Cursors, type List } from "./shared/cursor";
import { Images } from "./shared/images";
import { ImagesBucket } from "./shared/images-bucket";
import type { ImageMetadata } from "./shared/images-table";
import { maxPayloadBytes, payloadBytes, toJson } from "./shared/json";
import { readQuery } from "./shared/request";
import { jsonResponse } from "./shared/responses";
import { defaultPageSize, ListQuery, maxPageSize } from "./shared/schemas";
import { setting } from "./shared/settings";
import { TaggedImages } from "./shared/tagged-images";

/** Which images are asked for. */
export interface ListImagesInput extends List {
  /** How many at most, 1–100. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  /** Whether presigned URLs are wanted. */
  withUrls: boolean;
}

/** What listing images needs. */
export interface ListImagesDeps {
  bucket: ImagesBucket;
  cursors: Cursors;
  images: Images;
  tagged: TaggedImages;
}

/** An image's metadata, and a presigned URL if wanted. */
export type ListedImage = ImageMetadata & { url?: string };

/** One page of a list. */
export interface ListImagesOutput {
  images: ListedImage[];
  /** How many images this page has. */
  count: number;
  hasMore: boolean;
  /** Where the next page starts; set exactly when there is one. */
  nextCursor?: string;
}

/** GET and HEAD /images: images, newest first. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const dynamoDb = createDynamoDb();
  const images = new Images(dynamoDb, setting(settings, "IMAGES_TABLE"));
  const deps: ListImagesDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    cursors: new Cursors(createKms(), setting(settings, "CURSOR_KEY_ID")),
    images,
    tagged: new TaggedImages(dynamoDb, setting(settings, "TAGS_TABLE"), images),
  };
  return createApiHandler(new Logger(), {
    parse,
    act: (input) => listImages(input, deps),
    respond: (output) => jsonResponse(200, output),
  });
}

function parse(event: APIGatewayProxyEvent): ListImagesInput {
  const { userId, tag, limit, cursor, urls } = readQuery(event, ListQuery);
  return {
    userId,
    tag,
    limit: Math.min(Number(limit ?? defaultPageSize), maxPageSize),
    cursor,
    withUrls: urls === "true",
  };
}

/**
 * One page. It is shorter than the limit when more metadata would outgrow what a function may
 * return; the next page goes on from there.
 *
 * @throws ApiError 400 `InvalidCursor`.
 */
export async function listImages(
  input: ListImagesInput,
  { bucket, cursors, images, tagged }: ListImagesDeps,
): Promise<ListImagesOutput> {
  const { userId, tag, limit, cursor, withUrls } = input;
  const after = cursor === undefined ? undefined : await cursors.decode(input, cursor);
  // One more than asked for: only an image that is there proves that there are more.
  const found =
    tag === undefined
      ? images.list(userId, after, limit + 1)
      : tagged.list(tag, userId, after, limit + 1);
  const page: ListedImage[] = [];
  let bytes = 0;
  for await (const metadata of found) {
    const image = withUrls ? { ...metadata, url: await bucket.presign(metadata.key) } : metadata;
    bytes += payloadBytes(toJson(image));
    const last = page.at(-1);
    if (last && (page.length === limit || bytes > maxPayloadBytes)) {
      const nextCursor = await cursors.encode(input, last);
      return { images: page, count: page.length, hasMore: true, nextCursor };
    }
    page.push(image);
  }
  return { images: page, count: page.length, hasMore: false };
}
