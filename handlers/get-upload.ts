import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { validate as isUuid } from "uuid";
import { type ApiHandler, createApiHandler, type Invocation } from "./shared/api-handler";
import { createDynamoDb } from "./shared/clients";
import { ApiError } from "./shared/errors";
import { readQuery } from "./shared/request";
import { jsonResponse } from "./shared/responses";
import { NoQuery } from "./shared/schemas";
import { setting } from "./shared/settings";
import { Uploads, type UploadStatus } from "./shared/uploads";
import type { Caller } from "./shared/users/caller";

/** Which direct upload is asked for. */
export interface GetUploadInput {
  uploadId: string;
  caller: Caller;
}

/** A direct upload, and what has become of it. */
export type GetUploadOutput = UploadStatus & { uploadId: string };

/** GET and HEAD /uploads/{id}: what has become of a direct upload. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const uploads = new Uploads(createDynamoDb(), setting(settings, "IMAGES_TABLE"));
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => getUpload(input, uploads),
    // It changes by itself.
    respond: (output) => jsonResponse(200, output, { "Cache-Control": "private, no-store" }),
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): GetUploadInput {
  readQuery(event, NoQuery);
  const uploadId = event.pathParameters?.id ?? "";
  if (!isUuid(uploadId)) {
    throw uploadNotFound();
  }
  return { uploadId, caller };
}

/** @throws ApiError 404 `UploadNotFound`. */
export async function getUpload(
  { uploadId, caller }: GetUploadInput,
  uploads: Uploads,
): Promise<GetUploadOutput> {
  const status = await uploads.status(uploadId, caller);
  if (!status) {
    throw uploadNotFound();
  }
  return { uploadId, ...status };
}

function uploadNotFound(): ApiError {
  return new ApiError(404, "UploadNotFound", "There is no upload with this id.");
}
