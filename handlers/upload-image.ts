import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { type BusinessCounts, createBusinessCounts, secondsSince } from "./aws/business-metrics";
import { createDynamoDb, createS3, createTypedDynamoDb } from "./aws/clients";
import { flagSetting, integerSetting, setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { ApiError } from "./http/errors";
import { Idempotency } from "./http/idempotency";
import { repeatable } from "./http/repeatable";
import { jsonResponse } from "./http/responses";
import { Images } from "./images/images";
import { ImagesBucket } from "./images/images-bucket";
import { Publication } from "./images/publication";
import { ingest, type Ingested, type IngestDeps, type Upload } from "./uploads/ingest";
import { stage } from "./uploads/stage";
import { parseUpload } from "./uploads/upload-request";
import { Uploads } from "./uploads/uploads";
import { createUserCounts } from "./users/user-counts";

/**
 * POST /images: stores an image and its metadata or, where uploads are scanned for malware, lets it wait for that.
 */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const logger = new Logger();
  const client = createTypedDynamoDb();
  const dynamoDb = createDynamoDb(client);
  const imagesTable = setting(settings, "IMAGES_TABLE");
  const tagsTable = setting(settings, "TAGS_TABLE");
  const counts = createUserCounts(settings, dynamoDb, "limited");
  const deps: IngestDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    images: new Images(dynamoDb, imagesTable),
    uploads: new Uploads(dynamoDb, imagesTable),
    publication: new Publication(dynamoDb, { images: imagesTable, tags: tagsTable, counts }),
    counts,
    logger,
    maxBytes: integerSetting(settings, "MAX_UPLOAD_BYTES"),
    maxPixels: integerSetting(settings, "MAX_IMAGE_PIXELS"),
    stripLocation: flagSetting(settings, "STRIP_LOCATION"),
  };
  const idempotency = new Idempotency(client, setting(settings, "IDEMPOTENCY_TABLE"));
  const business = createBusinessCounts(settings);
  const operation = flagSetting(settings, "SCAN_UPLOADS")
    ? repeatable(idempotency, {
        ...uploading,
        act: (upload: Upload, uploadId) =>
          countingRejected(() => stage(upload, deps, uploadId), business),
        respond: (staged) =>
          jsonResponse(202, { message: "The image waits to be scanned.", ...staged }),
      })
    : repeatable(idempotency, {
        ...uploading,
        act: (upload: Upload, imageId) =>
          countingRejected(() => counting(() => ingest(upload, deps, imageId), business), business),
        respond: ({ metadata, url }) =>
          jsonResponse(201, {
            message: "The image was stored.",
            imageId: metadata.imageId,
            url,
            metadata,
          }),
      });
  return createApiHandler(logger, settings, operation);
}

const uploading = {
  name: "upload-image",
  newId: randomUUID,
  parse: (event: APIGatewayProxyEvent, { caller }: Invocation) => parseUpload(event, caller),
};

/** Statuses that say of an upload that it is no acceptable image, and not that there is no room for it. */
const ofImages: readonly number[] = [400, 413, 415];

async function countingRejected<Output>(
  act: () => Promise<Output>,
  business: BusinessCounts,
): Promise<Output> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ApiError && ofImages.includes(error.statusCode)) {
      business.add({ ImagesRejected: 1 });
    }
    throw error;
  }
}

/** A staged image is ready, and counted, later: see `finalise-upload`. */
async function counting(act: () => Promise<Ingested>, business: BusinessCounts): Promise<Ingested> {
  const startedAt = Date.now();
  const ingested = await act();
  if (ingested.isNew) {
    const { size } = ingested.metadata;
    const seconds = secondsSince(startedAt);
    business.add({ ImagesReady: 1, BytesStored: size, UploadSeconds: seconds });
  }
  return ingested;
}
