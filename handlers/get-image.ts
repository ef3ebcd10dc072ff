import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createDynamoDb, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler } from "./http/api-handler";
import { etagOf } from "./http/entity-tags";
import {
  isUnchanged,
  type Preconditions,
  readPreconditions,
  requireMatch,
} from "./http/preconditions";
import { readQuery } from "./http/request";
import { jsonResponse, notModified } from "./http/responses";
import { ImageQuery } from "./http/schemas";
import { readImageId } from "./images/image-id";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import type { ImageMetadata } from "./images/images-table";
import type { RenditionSettings } from "./renditions/settings";
import { readPresets } from "./renditions/signing/read-presets";
import { createRenditionUrls, type RenditionUrls } from "./renditions/signing/rendition-urls";
import type { Caller } from "./users/caller";

/** Which image is asked for. */
export interface GetImageInput extends Preconditions {
  imageId: string;
  caller: Caller;
  /** Whether a presigned URL is wanted. */
  withUrl: boolean;
  /** Presets of which URLs are wanted. */
  presets: readonly string[];
}

/** What getting an image needs. */
export interface GetImageDeps {
  bucket: ImagesBucket;
  images: Images;
  urls: RenditionUrls;
}

/** An image's metadata, and a presigned URL if wanted. */
export interface GetImageOutput {
  imageId: string;
  /** Left out when the client has them. */
  metadata?: ImageMetadata;
  /**
   * Entity tag of the metadata, and of the URLs of renditions, which change by their window only; left
   * out when there is a presigned URL, which is another every time.
   */
  etag?: string;
  url?: string;
  /** By preset. */
  urls?: Record<string, string>;
}

/** What the ETag is of. */
const what = "The image's metadata";

/** GET and HEAD /images/{id}: one image's metadata. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const deps: GetImageDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
    urls: createRenditionUrls(settings, logger),
  };
  return createApiHandler(logger, settings, {
    parse: (event, { caller }) => parse(event, caller, deps.urls.settings.renditions),
    act: (input) => getImage(input, deps),
    respond,
  });
}

function parse(
  event: APIGatewayProxyEvent,
  caller: Caller,
  renditions: RenditionSettings,
): GetImageInput {
  const { url, preset } = readQuery(event, ImageQuery);
  return {
    imageId: readImageId(event),
    caller,
    withUrl: url === "true",
    presets: readPresets(preset, renditions),
    ...readPreconditions(event),
  };
}

/** @throws ApiError 404 `ImageNotFound` or `ImageRejected`, 412 `PreconditionFailed`. */
export async function getImage(
  { imageId, caller, withUrl, presets, ...preconditions }: GetImageInput,
  { bucket, images, urls }: GetImageDeps,
): Promise<GetImageOutput> {
  const metadata = await images.require(imageId, caller);
  const renditions =
    presets.length > 0 ? { urls: await urls.byPreset(imageId, presets) } : undefined;
  if (withUrl) {
    // There is something, but it has no tag.
    requireMatch("", preconditions, what);
    return { imageId, metadata, url: await bucket.presign(metadata.key), ...renditions };
  }
  const etag = etagOf(JSON.stringify(metadata) + (renditions ? JSON.stringify(renditions) : ""));
  requireMatch(etag, preconditions, what);
  return { imageId, etag, ...(!isUnchanged(etag, preconditions) && { metadata, ...renditions }) };
}

function respond({ etag, ...image }: GetImageOutput): APIGatewayProxyResult {
  if (etag === undefined) {
    return jsonResponse(200, image, { "Cache-Control": "private, no-store" });
  }
  const headers = { "Cache-Control": "private, no-cache", ETag: etag };
  return image.metadata
    ? jsonResponse(200, image, headers)
    : notModified({ "Content-Type": "application/json", ...headers });
}
