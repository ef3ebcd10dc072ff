import type { APIGatewayProxyEvent } from "aws-lambda";
import { decodeBase64 } from "../http/base64";
import { ApiError, maxFieldLength, type Problem } from "../http/errors";
import { nameOfFile } from "../http/file-name";
import { parseLongBase64 } from "../http/long-base64";
import { parseMultipart, type Part } from "../http/multipart";
import {
  header,
  isJson,
  mediaType,
  readBinary,
  readJson,
  readQuery,
  singleParameters,
} from "../http/request";
import { defaultImageName, NoQuery, UploadBody, UploadParts, UploadQuery } from "../http/schemas";
import { bothSpellings, spellingOf, withoutEmpty } from "../http/spelling";
import { decodeText } from "../http/utf8";
import { anyType, anyTypes, imageTypes, statedImageTypes, wayOutOf } from "../images/image-types";
import type { Caller } from "../users/caller";
import { validateOwned } from "../users/owned-input";
import { ownIdOf } from "../users/ownership";
import type { Upload } from "./ingest";

/** What a form or a query may have, and is as if absent where it is empty: forms send all fields. */
const optionalTexts = ["imageName", "tags", "contentType"];

function optionalTextsOf(caller: Caller): string[] {
  return ownIdOf(caller) === undefined ? optionalTexts : [...optionalTexts, "userId"];
}

/**
 * The upload that a request asks for, in whichever of three ways: JSON, a form, or the image itself
 * as the body.
 *
 * @throws ApiError 400 or 415 when the request breaks the contract, 403 `NotYourUser`.
 */
export function parseUpload(event: APIGatewayProxyEvent, caller: Caller): Upload {
  const type = mediaType(header(event, "content-type"));
  if (isJson(type)) {
    return fromJson(event, caller);
  }
  if (type === "multipart/form-data") {
    return fromForm(event, caller);
  }
  if ([...statedImageTypes, ...anyTypes].includes(type)) {
    return fromImage(event, type, caller);
  }
  const accepted = ["application/json", "multipart/form-data", ...imageTypes, ...anyTypes];
  throw new ApiError(
    415,
    "UnsupportedMediaType",
    `Content-Type is ${type.slice(0, maxFieldLength) || "missing"}, and must be one of ${accepted.join(", ")}.${wayOutOf(type)}`,
  );
}

function fromJson(event: APIGatewayProxyEvent, caller: Caller): Upload {
  readQuery(event, NoQuery);
  const { value, base64 } = readJson(event, parseLongBase64);
  const { imageData, ...body } = validateOwned(caller, UploadBody, value);
  const contentType = mediaType(body.contentType);
  const field = spellingOf(UploadBody, value).nameOf("imageData");
  return {
    image: imageData === base64?.text ? base64.bytes : decodeBase64(imageData, contentType, field),
    contentType: statedType(contentType),
    userId: body.userId,
    imageName: body.imageName ?? defaultImageName,
    tags: body.tags ?? {},
  };
}

function fromImage(event: APIGatewayProxyEvent, contentType: string, caller: Caller): Upload {
  const query = singleParameters(event, optionalTextsOf(caller));
  const {
    userId,
    imageName = defaultImageName,
    tags = {},
  } = validateOwned(caller, UploadQuery, query);
  return {
    image: readBinary(event),
    contentType: statedType(contentType),
    userId,
    imageName,
    tags,
  };
}

function fromForm(event: APIGatewayProxyEvent, caller: Caller): Upload {
  readQuery(event, NoQuery);
  const parts = parseMultipart(readBinary(event), header(event, "content-type"));
  const misplaced = misplacedFiles(parts);
  const fields = withoutEmpty(decodeParts(parts, misplaced), optionalTextsOf(caller));
  const { image, ...texts } = validateOwned(caller, UploadParts, fields, noImage(misplaced));
  // What a part is by default says nothing: many programs send files so.
  const partType = image.contentType === "text/plain" ? undefined : image.contentType;
  return {
    image: image.bytes,
    contentType: statedType(mediaType(texts.contentType ?? partType ?? anyType)),
    userId: texts.userId,
    imageName: texts.imageName ?? nameOfFile(image.fileName) ?? defaultImageName,
    tags: texts.tags ?? {},
  };
}

/** The type that an upload states, if it states one. */
function statedType(contentType: string): string | undefined {
  return anyTypes.includes(contentType) ? undefined : contentType;
}

/** Parts of a form that are text, in either spelling. */
const textNames: readonly string[] = bothSpellings(
  Object.keys(UploadParts.shape).filter((name) => name !== "image"),
);

/** Names of files that are none of a form's parts, where the image is missing: it is among them. */
function misplacedFiles(parts: ReadonlyMap<string, Part>): string[] {
  const isFile = ([name, { fileName }]: [string, Part]) =>
    fileName !== undefined && !textNames.includes(name);
  return parts.has("image") ? [] : [...parts].filter(isFile).map(([name]) => name);
}

function noImage(misplaced: readonly string[]): Problem[] {
  const names = misplaced.map((name) => `\`${name.slice(0, maxFieldLength)}\``).join(", ");
  return misplaced.length > 0
    ? [{ field: "image", problem: `is required; the file came as ${names}` }]
    : [];
}

/** The parts as `UploadParts` takes them: texts as text, all others as they are. */
function decodeParts(
  parts: ReadonlyMap<string, Part>,
  leftOut: readonly string[],
): Record<string, Part | string> {
  return Object.fromEntries(
    [...parts]
      .filter(([name]) => !leftOut.includes(name))
      .map(([name, part]) => [
        name,
        textNames.includes(name) ? decodeText(part.bytes, part.charset, name) : part,
      ]),
  );
}
