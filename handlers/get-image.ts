import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { validate as isUuid } from "uuid";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createS3 } from "./shared/clients";
import { ApiError } from "./shared/errors";
import { Images } from "./shared/images";
import { ImagesBucket } from "./shared/images-bucket";
import type { ImageMetadata } from "./shared/images-table";
import { readQuery } from "./shared/request";
import { jsonResponse } from "./shared/responses";
import { ImageQuery } from "./shared/schemas";
import { setting } from "./shared/settings";

/** Which image is asked for. */
export interface GetImageInput {
  imageId: string;
  /** Whether a presigned URL is wanted. */
  withUrl: boolean;
}

/** What getting an image needs. */
export interface GetImageDeps {
  bucket: ImagesBucket;
  images: Images;
}

/** An image's metadata, and a presigned URL if wanted. */
export interface GetImageOutput {
  imageId: string;
  metadata: ImageMetadata;
  url?: string;
}

/** GET /images/{id}: one image's metadata. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: GetImageDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
  };
  return createApiHandler(new Logger(), {
    parse,
    act: (input) => getImage(input, deps),
    respond: (output) => jsonResponse(200, output),
  });
}

function parse(event: APIGatewayProxyEvent): GetImageInput {
  const { url } = readQuery(event, ImageQuery);
  const imageId = event.pathParameters?.id ?? "";
  if (!isUuid(imageId)) {
    throw imageNotFound();
  }
  return { imageId, withUrl: url === "true" };
}

/** @throws ApiError 404 `ImageNotFound`. */
export async function getImage(
  { imageId, withUrl }: GetImageInput,
  { bucket, images }: GetImageDeps,
): Promise<GetImageOutput> {
  const metadata = await images.get(imageId);
  if (!metadata) {
    throw imageNotFound();
  }
  return { imageId, metadata, ...(withUrl && { url: await bucket.presign(metadata.key) }) };
}

function imageNotFound(): ApiError {
  return new ApiError(404, "ImageNotFound", "There is no image with this id.");
}
