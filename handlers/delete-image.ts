import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createS3 } from "./shared/clients";
import { readImageId } from "./shared/image-id";
import { ImagesBucket } from "./shared/images-bucket";
import { Publication } from "./shared/publication";
import { purge, type PurgeDeps } from "./shared/purge";
import { readQuery } from "./shared/request";
import { emptyResponse } from "./shared/responses";
import { NoQuery } from "./shared/schemas";
import { setting } from "./shared/settings";

/** DELETE /images/{id}: removes an image, or an upload under way, for good; twice is as once. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: PurgeDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    publication: new Publication(createDynamoDb(), {
      images: setting(settings, "IMAGES_TABLE"),
      tags: setting(settings, "TAGS_TABLE"),
    }),
  };
  return createApiHandler(new Logger(), {
    parse,
    act: (imageId) => purge(imageId, deps),
    respond: () => emptyResponse(204),
  });
}

function parse(event: APIGatewayProxyEvent): string {
  readQuery(event, NoQuery);
  return readImageId(event);
}
