import { Logger } from "@aws-lambda-powertools/logger";
import { S3ServiceException } from "@aws-sdk/client-s3";
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { createDynamoDb, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { createHttpHandler } from "./http/api-handler";
import { allOrigins, withCors } from "./http/cors";
import { ApiError, InvalidRequestError } from "./http/errors";
import { maxPayloadBytes } from "./http/json";
import { binaryResponse, emptyResponse, type Headers } from "./http/responses";
import { checkImageId, imageNotFound } from "./images/image-id";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import type { ImageMetadata } from "./images/images-table";
import type { Operations } from "./renditions/operations";
import { createSecretCheck, originSecretHeader } from "./renditions/origin-secret";
import { prepareDecoder, type SecondsLeft } from "./renditions/render/decoding";
import { type Rendition, render } from "./renditions/render/render";
import { renditionsPrefix } from "./renditions/rendition-keys";
import { readNormalForm, readOperationsText, refusal } from "./renditions/renditions";
import { RenditionsBucket, renditionCacheControl } from "./renditions/renditions-bucket";
import type { RenditionSettings } from "./renditions/settings";

/** Largest rendition that is answered as bytes: in a function's payload, base64 takes a third more. */
const maxContentBytes = Math.floor(maxPayloadBytes / 4) * 3;

/**
 * Seconds of the function's time that are kept for storing and answering, and for encoding AVIF, which
 * nothing stops.
 */
const reservedSeconds = 8;

/** Seconds for which the URL works that leads to a rendition which is too large for an answer. */
const redirectSeconds = 300;

/** How often a rendition is made of an image that others change meanwhile. */
const maxAttempts = 3;

/** Which rendition of which image, and how long making it may take. */
export interface RenderImageInput {
  imageId: string;
  /** In the normal form, which is the end of the rendition's key. */
  text: string;
  operations: Operations;
  /** Whether only the headers are wanted that GET would have. */
  isHead: boolean;
  secondsLeft: SecondsLeft;
}

/** What rendering an image needs. */
export interface RenderImageDeps {
  images: Pick<Images, "get">;
  originals: Pick<ImagesBucket, "readBytes">;
  renditions: Pick<RenditionsBucket, "put" | "presign" | "removeVersion">;
  /** Of the image that renditions are marked with, if there is one. */
  watermarkId: string | undefined;
  logger: Pick<Logger, "error">;
}

/** A rendition as it is stored and, where an answer cannot hold it, the URL that it is at. */
export type RenderImageOutput = Rendition & { etag: string; isHead: boolean; url?: string };

/** A function behind a URL of its own, which the distribution alone may ask. */
export type RenderHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/**
 * GET and HEAD /i/{id}/{operations}: makes a rendition, stores it where the distribution looks first
 * the next time, and answers with it.
 */
export function createHandler(settings: NodeJS.ProcessEnv): RenderHandler {
  const logger = new Logger();
  const s3 = createS3();
  const renditionSettings = JSON.parse(
    setting(settings, "RENDITION_SETTINGS"),
  ) as RenditionSettings;
  const checkSecret = createSecretCheck(setting(settings, "ORIGIN_SECRET_HASHES"));
  const deps: RenderImageDeps = {
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
    originals: new ImagesBucket(s3, setting(settings, "IMAGES_BUCKET")),
    renditions: new RenditionsBucket(s3, setting(settings, "RENDITIONS_BUCKET")),
    watermarkId: renditionSettings.watermark?.imageId,
    logger,
  };
  prepareDecoder();
  return createHttpHandler(
    logger,
    {
      parse: (event: APIGatewayProxyEventV2, context) => {
        checkSecret(event.headers[originSecretHeader] ?? "");
        return parse(event, context, renditionSettings);
      },
      act: (input: RenderImageInput) => renderImage(input, deps),
      respond,
    },
    {
      summarise: ({ requestContext: { requestId, http } }) => ({
        requestId,
        method: http.method,
        route: "/i/{id}/{operations}",
      }),
      // The distribution decides which pages may read a rendition.
      complete: (response) => withCors(response, allOrigins, undefined),
      errorHeaders,
    },
  );
}

function parse(
  event: APIGatewayProxyEventV2,
  context: Context,
  settings: RenditionSettings,
): RenderImageInput {
  const { method } = event.requestContext.http;
  if (method !== "GET" && method !== "HEAD") {
    throw new ApiError(
      405,
      "MethodNotAllowed",
      "Renditions are read alone, by GET or HEAD.",
      {},
      {
        Allow: "GET, HEAD",
      },
    );
  }
  const [, id = "", text = ""] = /^\/i\/([^/]+)\/([^/]+)$/.exec(event.rawPath) ?? [];
  const started = Date.now();
  const seconds = context.getRemainingTimeInMillis() / 1000 - reservedSeconds;
  return {
    imageId: checkImageId(id),
    text,
    operations: readOperations(text, settings),
    isHead: method === "HEAD",
    secondsLeft: () => seconds - (Date.now() - started) / 1000,
  };
}

/**
 * @throws InvalidRequestError, or ApiError 413 `RenditionTooLarge`. The distribution has normalised
 * what it passes on: a path that is not so is of another version of the configuration.
 */
function readOperations(text: string, settings: RenditionSettings): Operations {
  const operations = readNormalForm(text, settings);
  if (operations) {
    return operations;
  }
  const reading = readOperationsText(text, settings);
  throw "operations" in reading
    ? new InvalidRequestError([
        { field: "operations", problem: "are not as the distribution passes them on" },
      ])
    : refusal(reading);
}

/**
 * Makes and stores a rendition, unless the image is deleted, or is said to be about something else,
 * while that is done: then it is removed again.
 *
 * @throws ApiError 400, 404 `ImageNotFound` or `WatermarkNotFound`, 409 `ImageChanging`, 413 or 415.
 */
export async function renderImage(
  input: RenderImageInput,
  deps: RenderImageDeps,
): Promise<RenderImageOutput> {
  const { imageId, text, isHead } = input;
  const key = `${renditionsPrefix(imageId)}${text}`;
  let image = await findImage(imageId, deps);
  for (let attempt = 1; ; attempt++) {
    const rendition = await makeRendition(image, input, deps);
    const { version, etag } = await deps.renditions.put(
      key,
      rendition.bytes,
      rendition.contentType,
    );
    // Whoever deletes or changes the image hides or changes its row first, and then removes what is
    // stored: it either finds this rendition, or has changed the row by now.
    const now = await deps.images.get(imageId);
    if (now && isSame(now, image)) {
      const isTooLarge = !isHead && rendition.bytes.length > maxContentBytes;
      const url = isTooLarge && (await deps.renditions.presign(key, redirectSeconds));
      return { ...rendition, etag, isHead, ...(url && { url }) };
    }
    await deps.renditions.removeVersion(version);
    if (!now) {
      throw imageNotFound();
    }
    if (attempt === maxAttempts) {
      throw changing();
    }
    image = now;
  }
}

function changing(): ApiError {
  return new ApiError(
    409,
    "ImageChanging",
    "Others change what the image is about again and again: try again in a moment.",
    {},
    { "Retry-After": "2" },
  );
}

async function findImage(imageId: string, { images }: RenderImageDeps): Promise<ImageMetadata> {
  const image = await images.get(imageId);
  if (!image) {
    throw imageNotFound();
  }
  return image;
}

/** Whether renditions of the one are those of the other. */
function isSame(one: ImageMetadata, other: ImageMetadata): boolean {
  return (
    one.key === other.key &&
    one.focalPoint?.x === other.focalPoint?.x &&
    one.focalPoint?.y === other.focalPoint?.y
  );
}

async function makeRendition(
  image: ImageMetadata,
  { operations, secondsLeft }: RenderImageInput,
  deps: RenderImageDeps,
): Promise<Rendition> {
  const [original, watermark] = await Promise.all([
    readOriginal(image, deps),
    operations.watermark && readWatermark(deps),
  ]);
  return await render({
    original,
    operations,
    focalPoint: image.focalPoint,
    watermark,
    secondsLeft,
  });
}

/** @throws ApiError 404 `ImageNotFound` when it is not there, and not only cannot be read now. */
async function readOriginal(
  { imageId, key }: ImageMetadata,
  { images, originals, logger }: RenderImageDeps,
): Promise<Uint8Array> {
  try {
    return await originals.readBytes(key);
  } catch (error) {
    // The bucket does not tell that an object is gone from that it may not be read.
    if (!(error instanceof S3ServiceException && isMissing(error))) {
      throw error;
    }
    if (await images.get(imageId)) {
      logger.error("the original of an image is missing", { imageId, error });
    }
    throw imageNotFound();
  }
}

function isMissing({ $metadata }: S3ServiceException): boolean {
  return $metadata.httpStatusCode === 403 || $metadata.httpStatusCode === 404;
}

async function readWatermark(deps: RenderImageDeps): Promise<Uint8Array> {
  const image = deps.watermarkId && (await deps.images.get(deps.watermarkId));
  if (!image) {
    throw new ApiError(404, "WatermarkNotFound", "The image of the watermark does not exist.");
  }
  return await readOriginal(image, deps);
}

function respond(output: RenderImageOutput): APIGatewayProxyResult {
  if (output.url !== undefined) {
    // It must not be kept: it expires, and lets anyone in until then.
    return emptyResponse(302, { Location: output.url, "Cache-Control": "no-store" });
  }
  const headers = {
    "Content-Type": output.contentType,
    "Cache-Control": renditionCacheControl,
    // That of the stored object, which later answers may come from.
    ETag: output.etag,
    "X-Content-Type-Options": "nosniff",
  };
  return output.isHead
    ? emptyResponse(200, headers)
    : binaryResponse(200, output.bytes.toString("base64"), headers);
}

/** What is wrong with an image or takes too long stays so; all else may be well the next time. */
function errorHeaders(statusCode: number): Headers {
  const isLasting = statusCode === 413 || statusCode === 415;
  return { "Cache-Control": isLasting ? "public, max-age=60" : "no-store" };
}
