import type { APIGatewayProxyEvent } from "aws-lambda";
import { decodeBase64 } from "./base64";
import { ApiError, InvalidRequestError } from "./errors";
import { imageTypes, statedImageTypes } from "./image-types";
import type { Upload } from "./ingest";
import { parseMultipart, type Part } from "./multipart";
import {
  decodeUtf8,
  header,
  mediaType,
  readBinary,
  readJson,
  readQuery,
  validate,
} from "./request";
import { defaultImageName, NoQuery, UploadBody, UploadParts, UploadQuery } from "./schemas";

/**
 * The upload that a request asks for, in whichever of three ways: JSON, a form, or the image itself
 * as the body.
 *
 * @throws ApiError 400 or 415 when the request breaks the contract.
 */
export async function parseUpload(event: APIGatewayProxyEvent): Promise<Upload> {
  const type = mediaType(header(event, "content-type"));
  if (type === "application/json") {
    return fromJson(event);
  }
  if (type === "multipart/form-data") {
    return await fromForm(event);
  }
  if (statedImageTypes.includes(type)) {
    return fromImage(event, type);
  }
  throw new ApiError(
    415,
    "UnsupportedMediaType",
    `Content-Type must be application/json, multipart/form-data, ${imageTypes.join(", ")}.`,
  );
}

function fromJson(event: APIGatewayProxyEvent): Upload {
  readQuery(event, NoQuery);
  const body = validate(UploadBody, readJson(event));
  return {
    image: decodeBase64(body.image_data, body.content_type, "image_data"),
    contentType: mediaType(body.content_type),
    userId: body.user_id,
    imageName: body.image_name ?? defaultImageName,
    tags: body.tags ?? {},
  };
}

function fromImage(event: APIGatewayProxyEvent, contentType: string): Upload {
  const { userId, imageName = defaultImageName, tags = {} } = readQuery(event, UploadQuery);
  return { image: readBinary(event), contentType, userId, imageName, tags };
}

async function fromForm(event: APIGatewayProxyEvent): Promise<Upload> {
  readQuery(event, NoQuery);
  const parts = await parseMultipart(readBinary(event), header(event, "content-type"));
  const fields = validate(UploadParts, decodeParts(parts));
  return {
    image: fields.image.bytes,
    contentType: mediaType(fields.content_type ?? fields.image.contentType),
    userId: fields.user_id,
    imageName: fields.image_name ?? defaultImageName,
    tags: fields.tags ?? {},
  };
}

/** The parts as `UploadParts` takes them: the image as it is, the others as text. */
function decodeParts(parts: ReadonlyMap<string, Part>): Record<string, Part | string> {
  return Object.fromEntries(
    [...parts].map(([name, part]) => [name, name === "image" ? part : decodePart(name, part)]),
  );
}

function decodePart(field: string, { bytes }: Part): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    throw new InvalidRequestError([{ field, problem: "must be text in UTF-8" }]);
  }
}
