import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { readImageId } from "./shared/image-id";
import { purge } from "./shared/purge";
import { createPurgeDeps } from "./shared/purge-deps";
import { readQuery } from "./shared/request";
import { emptyResponse } from "./shared/responses";
import { NoQuery } from "./shared/schemas";

/** DELETE /images/{id}: removes an image, or an upload under way, for good; twice is as once. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps = createPurgeDeps(settings);
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (imageId) => purge(imageId, deps),
    respond: () => emptyResponse(204),
  });
}

function parse(event: APIGatewayProxyEvent): string {
  readQuery(event, NoQuery);
  return readImageId(event);
}
