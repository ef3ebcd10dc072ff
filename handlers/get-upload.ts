import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { validate as isUuid } from "uuid";
import { createDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { ApiError } from "./http/errors";
import { readQuery } from "./http/request";
import { jsonResponse } from "./http/responses";
import { NoQuery } from "./http/schemas";
import { Uploads, type UploadStatus } from "./uploads/uploads";
import type { Caller } from "./users/caller";

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
