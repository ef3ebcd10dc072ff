import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { createBusinessCounts, secondsSince } from "./aws/business-metrics";
import { createDynamoDb, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { createHttpHandler } from "./http/api-handler";
import { allOrigins, withCors } from "./http/cors";
import { ApiError, InvalidRequestError } from "./http/errors";
import { binaryResponse, emptyResponse, type Headers } from "./http/responses";
import { checkImageId } from "./images/image-id";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import {
  type RenderImageInput,
  type RenderImageDeps,
  type RenderImageOutput,
  renderImage,
} from "./renditions/make-rendition";
import type { Operations } from "./renditions/operations";
import { createSecretCheck, originSecretHeader } from "./renditions/origin-secret";
import { prepareDecoder } from "./renditions/render/decoding";
import { readNormalForm, readOperationsText, refusal } from "./renditions/renditions";
import { RenditionsBucket, renditionCacheControl } from "./renditions/renditions-bucket";
import type { RenditionSettings } from "./renditions/settings";

/**
 * Seconds of the function's time that are kept for storing and answering, and for encoding AVIF, which
 * nothing stops.
 */
const reservedSeconds = 8;

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
  const business = createBusinessCounts(settings);
  prepareDecoder();
  return createHttpHandler(
    logger,
    {
      parse: (event: APIGatewayProxyEventV2, context) => {
        checkSecret(event.headers[originSecretHeader] ?? "");
        return parse(event, context, renditionSettings);
      },
      act: async (input: RenderImageInput) => {
        const startedAt = Date.now();
        const output = await renderImage(input, deps);
        business.add({ RenditionsMade: 1, RenditionSeconds: secondsSince(startedAt) });
        return output;
      },
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

/**
 * What is wrong with an image or takes too long stays so; all else may be well the next time. Of these, CloudFront keeps
 * 415 alone, and browsers both.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
function errorHeaders(statusCode: number): Headers {
  const isLasting = statusCode === 413 || statusCode === 415;
  return { "Cache-Control": isLasting ? "public, max-age=60" : "no-store" };
}
