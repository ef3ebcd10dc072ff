import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createKms, createS3 } from "./shared/clients";
import { Cursors } from "./shared/cursor";
import { Images } from "./shared/images";
import { ImagesBucket } from "./shared/images-bucket";
import type { ImageMetadata } from "./shared/images-table";
import { maxPayloadBytes, payloadBytes, toJson } from "./shared/json";
import { readQuery } from "./shared/request";
import { jsonResponse } from "./shared/responses";
import { defaultPageSize, ListQuery, maxPageSize } from "./shared/schemas";
import { setting } from "./shared/settings";

/** Which images are asked for. */
export interface ListImagesInput {
  /** Whose; those of all users when left out. */
  userId?: string | undefined;
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

/** GET /images: images, newest first. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: ListImagesDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    cursors: new Cursors(createKms(), setting(settings, "CURSOR_KEY_ID")),
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
  };
  return createApiHandler(new Logger(), {
    parse,
    act: (input) => listImages(input, deps),
    respond: (output) => jsonResponse(200, output),
  });
}

function parse(event: APIGatewayProxyEvent): ListImagesInput {
  const { userId, limit, cursor, urls } = readQuery(event, ListQuery);
  return {
    userId,
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
  { bucket, cursors, images }: ListImagesDeps,
): Promise<ListImagesOutput> {
  const { userId, limit, cursor, withUrls } = input;
  const after = cursor === undefined ? undefined : await cursors.decode(userId, cursor);
  const page: ListedImage[] = [];
  let bytes = 0;
  // One more than asked for: only an image that is there proves that there are more.
  for await (const metadata of images.list(userId, after, limit + 1)) {
    const image = withUrls ? { ...metadata, url: await bucket.presign(metadata.key) } : metadata;
    bytes += payloadBytes(toJson(image));
    const last = page.at(-1);
    if (last && (page.length === limit || bytes > maxPayloadBytes)) {
      const nextCursor = await cursors.encode(userId, last);
      return { images: page, count: page.length, hasMore: true, nextCursor };
    }
    page.push(image);
  }
  return { images: page, count: page.length, hasMore: false };
}
