import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler } from "./http/api-handler";
import type { Problem } from "./http/errors";
import { queryPairs, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { imageUrlQuery } from "./http/image-url-query";
import { bothSpellings } from "./http/spelling";
import { readImageId } from "./images/image-id";
import { Images } from "./images/images";
import type { Pair } from "./renditions/read-operations";
import { readQueryOperations, refusal } from "./renditions/renditions";
import {
  createRenditionUrls,
  type RenditionUrl,
  type RenditionUrls,
  type UrlSettings,
} from "./renditions/signing/rendition-urls";
import type { Caller } from "./users/caller";

/** Which rendition is asked for. */
export interface GetImageUrlInput {
  imageId: string;
  caller: Caller;
  /** As a path has it: the name of a preset, or operations in the normal form. */
  operations: string;
  /** How long the URL has to work, in seconds. */
  expires?: number | undefined;
  /** Whether a browser is to save it. */
  isDownload: boolean;
  /** Under which name. `@default` the image's */
  fileName?: string | undefined;
}

/** What signing a URL needs. */
export interface GetImageUrlDeps {
  images: Images;
  urls: RenditionUrls;
}

/** GET and HEAD /images/{id}/url: a URL of one rendition of an image. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const deps: GetImageUrlDeps = {
    images: new Images(createDynamoDb(), setting(settings, "IMAGES_TABLE")),
    urls: createRenditionUrls(settings, logger),
  };
  return createApiHandler(logger, settings, {
    parse: (event, { caller }) => parse(event, caller, deps.urls.settings),
    act: (input) => getImageUrl(input, deps),
    // It is a key: caches that others share must not keep it.
    respond: (url) => jsonResponse(200, url, { "Cache-Control": "private, no-store" }),
  });
}

/** @throws ApiError 400 `InvalidRequest` with all that is wrong, or 413 `RenditionTooLarge`. */
function parse(
  event: APIGatewayProxyEvent,
  caller: Caller,
  { renditions, maxSeconds }: UrlSettings,
): GetImageUrlInput {
  const imageId = readImageId(event);
  const schema = imageUrlQuery(maxSeconds);
  const own = bothSpellings(Object.keys(schema.shape));
  const pairs = queryPairs(event);
  const reading = readQueryOperations(pairs, renditions, own);
  const problems = ["problems" in reading ? reading.problems : [], repeated(pairs, own)].flat();
  const options = Object.fromEntries(pairs.filter(([name]) => own.includes(name)));
  const { expires, contentDisposition, fileName } = validate(schema, options, problems);
  if (!("operations" in reading)) {
    throw refusal(reading);
  }
  return {
    imageId,
    caller,
    operations: reading.text,
    expires: expires === undefined ? undefined : Number(expires),
    isDownload: contentDisposition === "attachment",
    fileName,
  };
}

function repeated(pairs: readonly Pair[], names: readonly string[]): Problem[] {
  return names
    .filter((name) => pairs.filter(([given]) => given === name).length > 1)
    .map((field) => ({ field, problem: "must be given only once" }));
}

/** @throws ApiError 404 `ImageNotFound` or `ImageRejected`. */
export async function getImageUrl(
  { imageId, caller, operations, expires, isDownload, fileName }: GetImageUrlInput,
  { images, urls }: GetImageUrlDeps,
): Promise<RenditionUrl> {
  const { imageName } = await images.require(imageId, caller);
  const download = isDownload ? (fileName ?? imageName) : undefined;
  return await urls.url({ imageId, operations, expires, download });
}
