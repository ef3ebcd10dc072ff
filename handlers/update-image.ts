import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { etagOf } from "./http/entity-tags";
import { ApiError } from "./http/errors";
import { type Preconditions, readPreconditions } from "./http/preconditions";
import { readJson, readQuery, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { NoQuery, UpdateBody } from "./http/schemas";
import { type ImageChange, ImageChanges } from "./images/image-changes";
import { readImageId } from "./images/image-id";
import { type ImageMetadata, type ReadyItem, toMetadata } from "./images/images-table";
import { Publication } from "./images/publication";
import { createRenditionDeps } from "./images/purge-deps";
import { clearRenditions, type RenditionDeps } from "./renditions/clear-renditions";
import type { Caller } from "./users/caller";

/** What is to become of which image. */
export interface UpdateImageInput extends Preconditions {
  imageId: string;
  caller: Caller;
  change: ImageChange;
}

/** What changing an image needs. */
export interface UpdateImageDeps extends RenditionDeps {
  changes: ImageChanges;
  logger: Logger;
}

/** PATCH /images/{id}: changes what a client has said of an image. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const dynamoDb = createDynamoDb();
  const tables = {
    images: setting(settings, "IMAGES_TABLE"),
    tags: setting(settings, "TAGS_TABLE"),
  };
  const deps: UpdateImageDeps = {
    changes: new ImageChanges(dynamoDb, tables),
    publication: new Publication(dynamoDb, tables),
    ...createRenditionDeps(settings),
    logger,
  };
  return createApiHandler(logger, settings, {
    parse,
    act: (input) => updateImage(input, deps),
    respond,
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): UpdateImageInput {
  readQuery(event, NoQuery);
  return {
    imageId: readImageId(event),
    caller,
    change: validate(UpdateBody, readJson(event)),
    ...readPreconditions(event),
  };
}

/**
 * Changes an image, and removes renditions that are about something else. A request whose answer was
 * lost can be repeated.
 *
 * @throws ApiError 404, 409 `ImageBusy`, 412 `PreconditionFailed`, 503 `RenditionsBusy`.
 */
export async function updateImage(
  { imageId, caller, change, ...preconditions }: UpdateImageInput,
  deps: UpdateImageDeps,
): Promise<ImageMetadata> {
  const item = await deps.changes.apply(imageId, caller, change, preconditions);
  if (item.staleTags) {
    await tidy(item, deps);
  }
  // Also when it was so before: then a request whose answer was lost may have changed it.
  if (change.focalPoint !== undefined && (await clearRenditions(item, deps)) === "throttled") {
    throw renditionsBusy();
  }
  return toMetadata(item);
}

/** What is left over here, the next change removes, or the delete. */
async function tidy(item: ReadyItem, { changes, logger }: UpdateImageDeps): Promise<void> {
  try {
    await changes.removeStaleTags(item);
  } catch (error) {
    logger.error("entries of tags left over", { imageId: item.imageId, error });
  }
}

function renditionsBusy(): ApiError {
  return new ApiError(
    503,
    "RenditionsBusy",
    "The image is changed, but its renditions cannot be replaced yet: send the request again.",
    {},
    { "Retry-After": "30" },
  );
}

function respond(metadata: ImageMetadata): APIGatewayProxyResult {
  return jsonResponse(
    200,
    { imageId: metadata.imageId, metadata },
    { "Cache-Control": "private, no-cache", ETag: etagOf(JSON.stringify(metadata)) },
  );
}
