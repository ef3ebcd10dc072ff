import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createDynamoDb, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { type ByteRange, type RangeRequest, selectRange } from "./http/byte-range";
import { maxPayloadBytes } from "./http/json";
import {
  isUnchanged,
  type Preconditions,
  readPreconditions,
  requireMatch,
} from "./http/preconditions";
import { header, mediaType, readQuery } from "./http/request";
import { binaryResponse, emptyResponse, notModified } from "./http/responses";
import { NoQuery } from "./http/schemas";
import { readImageId } from "./images/image-id";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import type { ImageMetadata } from "./images/images-table";
import type { Caller } from "./users/caller";

/** Largest image that is answered as bytes: in a function's payload, base64 takes a third more. */
const maxContentBytes = Math.floor(maxPayloadBytes / 4) * 3;

/** Which image is asked for, and how. */
export interface GetImageContentInput extends RangeRequest, Preconditions {
  imageId: string;
  caller: Caller;
  /** Whether only the headers are wanted that GET would have. */
  isHead: boolean;
  /** Whether bytes are wanted rather than a URL to get them by. */
  wantsBytes: boolean;
}

/** What getting an image's content needs. */
export interface GetImageContentDeps {
  bucket: ImagesBucket;
  images: Images;
}

/** What the client knows already, where the content is, or the content or a part of it. */
export type GetImageContentOutput = { etag: string } & (
  | { kind: "known"; type: string }
  | { kind: "elsewhere"; url: string }
  | { kind: "bytes"; base64: string; range: ByteRange | undefined; size: number; type: string }
);

/**
 * GET and HEAD /images/{id}/content: the image itself, or a redirect to it. HEAD reads the image,
 * too: the gateway, which leaves it out, makes Content-Length of it and of nothing else.
 */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: GetImageContentDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
  };
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => getImageContent(input, deps),
    respond,
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): GetImageContentInput {
  readQuery(event, NoQuery);
  // The gateway passes bytes on by the first media type alone, so that it decides here as well.
  const accepted = mediaType(header(event, "accept").split(",")[0] ?? "");
  const isHead = event.httpMethod === "HEAD";
  return {
    imageId: readImageId(event),
    caller,
    isHead,
    wantsBytes: accepted.startsWith("image/") || accepted === "application/octet-stream",
    ...readPreconditions(event),
    // Only GET knows parts: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
    range: isHead ? "" : header(event, "range"),
    ifRange: header(event, "if-range"),
  };
}

/**
 * @throws ApiError 404 `ImageNotFound` or `ImageRejected`, 412 `PreconditionFailed`, 416
 * `RangeNotSatisfiable`.
 */
export async function getImageContent(
  input: GetImageContentInput,
  deps: GetImageContentDeps,
): Promise<GetImageContentOutput> {
  const metadata = await deps.images.require(input.imageId, input.caller);
  const { key, size, contentType: type } = metadata;
  const etag = `"${metadata.etag}"`;
  requireMatch(etag, input, "The image");
  if (isUnchanged(etag, input)) {
    return { kind: "known", etag, type };
  }
  if (!input.wantsBytes || size > maxContentBytes) {
    // Whoever follows a redirect goes on with the method, which the URL's signature covers.
    const url = await deps.bucket.presign(key, input.isHead ? "HEAD" : "GET");
    return { kind: "elsewhere", etag, url };
  }
  const range = selectRange(input, { size, etag });
  return {
    kind: "bytes",
    etag,
    base64: await readContent(metadata, range, input.caller, deps),
    range,
    size,
    type,
  };
}

/** @throws ApiError 404 `ImageNotFound` when the image was deleted since its metadata were read. */
async function readContent(
  { imageId, key }: ImageMetadata,
  range: ByteRange | undefined,
  caller: Caller,
  { bucket, images }: GetImageContentDeps,
): Promise<string> {
  try {
    return await bucket.read(key, range);
  } catch (error) {
    // The bucket does not tell that an object is gone from that it may not be read.
    await images.require(imageId, caller);
    throw error;
  }
}

function respond(output: GetImageContentOutput): APIGatewayProxyResult {
  const headers = { ETag: output.etag, Vary: "Accept", "Cache-Control": "private, no-cache" };
  switch (output.kind) {
    case "known":
      return notModified({ ...headers, "Content-Type": output.type });
    case "elsewhere":
      // It must not be kept: it expires, and lets anyone in until then.
      return emptyResponse(302, {
        ...headers,
        Location: output.url,
        "Cache-Control": "private, no-store",
      });
    case "bytes": {
      const { base64, range, size, type } = output;
      return binaryResponse(range ? 206 : 200, base64, {
        ...headers,
        "Content-Type": type,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        ...(range && { "Content-Range": `bytes ${range.first}-${range.last}/${size}` }),
      });
    }
  }
}
