import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createS3, createTypedDynamoDb } from "./shared/clients";
import { Idempotency } from "./shared/idempotency";
import { Images } from "./shared/images";
import { ImagesBucket } from "./shared/images-bucket";
import { ingest, type IngestDeps, type Upload } from "./shared/ingest";
import { Publication } from "./shared/publication";
import { repeatable } from "./shared/repeatable";
import { jsonResponse } from "./shared/responses";
import { flagSetting, integerSetting, setting } from "./shared/settings";
import { parseUpload } from "./shared/upload-request";
import { Uploads } from "./shared/uploads";
import { createUserCounts } from "./shared/users/user-counts";

/** POST /images: stores an image and its metadata. */
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
  const operation = repeatable(new Idempotency(client, setting(settings, "IDEMPOTENCY_TABLE")), {
    name: "upload-image",
    newId: randomUUID,
    parse: (event, { caller }) => parseUpload(event, caller),
    act: (upload: Upload, imageId) => ingest(upload, deps, imageId),
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
