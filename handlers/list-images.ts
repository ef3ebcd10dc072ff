import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDynamoDb, createS3 } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler } from "./http/api-handler";
import { pageSizeOf } from "./http/page";
import { singleParameters, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { ListQuery } from "./http/schemas";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import { type ListImagesInput, type ListImagesDeps, listImages } from "./images/list-page";
import { readSimilarTo, SimilarImages } from "./images/similar-images";
import { TaggedImages } from "./images/tagged-images";
import type { RenditionSettings } from "./renditions/settings";
import { readPresets } from "./renditions/signing/read-presets";
import { createRenditionUrls } from "./renditions/signing/rendition-urls";
import type { Caller } from "./users/caller";
import { nameOfUser } from "./users/owned-input";
import { resolveList } from "./users/ownership";

/** GET and HEAD /images: images, newest first, or those that look like one. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const dynamoDb = createDynamoDb();
  const images = new Images(dynamoDb, setting(settings, "IMAGES_TABLE"));
  const deps: ListImagesDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    images,
    similar: new SimilarImages(dynamoDb, setting(settings, "IMAGES_TABLE"), images),
    tagged: new TaggedImages(dynamoDb, setting(settings, "TAGS_TABLE"), images),
    urls: createRenditionUrls(settings, logger),
  };
  return createApiHandler(logger, settings, {
    parse: (event, { caller }) => parse(event, caller, deps.urls.settings.renditions),
    act: (input) => listImages(input, deps),
    // Of one user's, and with keys if URLs are asked for.
    respond: (output) => jsonResponse(200, output, { "Cache-Control": "private, no-store" }),
  });
}

/** @throws ApiError 400 when the request breaks the contract, 403 `NotYourUser`. */
function parse(
  event: APIGatewayProxyEvent,
  caller: Caller,
  renditions: RenditionSettings,
): ListImagesInput {
  const parameters = singleParameters(event);
  const query = validate(ListQuery, parameters);
  const { userId, tag, limit, cursor, urls, preset } = query;
  return {
    userId: resolveList(caller, userId, nameOfUser(ListQuery, parameters)),
    caller,
    tag,
    limit: pageSizeOf(limit),
    cursor,
    withUrls: urls === "true",
    presets: readPresets(preset, renditions),
    similarTo: readSimilarTo(query),
  };
}
