import { Logger } from "@aws-lambda-powertools/logger";
import type { S3Event } from "aws-lambda";
import { createDynamoDb, createS3 } from "./aws/clients";
import { createEventHandler, type EventHandler } from "./aws/event-handler";
import { flagSetting, integerSetting, setting } from "./aws/settings";
import { ImagesBucket } from "./images/images-bucket";
import { Publication } from "./images/publication";
import { arrival } from "./uploads/arrivals";
import { type FinaliseUploadDeps, finaliseUpload } from "./uploads/finalise";
import { Uploads } from "./uploads/uploads";
import { createUserCounts } from "./users/user-counts";

/** Copying a large object takes longer than the API lets S3 take for an answer. */
const s3TimeoutMs = 10_000;

/** Makes images of direct uploads as their objects arrive, or rejects them. */
export function createHandler(settings: NodeJS.ProcessEnv): EventHandler<S3Event> {
  const dynamoDb = createDynamoDb();
  const images = setting(settings, "IMAGES_TABLE");
  const deps: FinaliseUploadDeps = {
    bucket: new ImagesBucket(
      createS3({ timeoutMs: s3TimeoutMs }),
      setting(settings, "IMAGES_BUCKET"),
    ),
    publication: new Publication(dynamoDb, {
      images,
      tags: setting(settings, "TAGS_TABLE"),
      counts: createUserCounts(settings, dynamoDb, "limited"),
    }),
    uploads: new Uploads(dynamoDb, images),
    maxPixels: integerSetting(settings, "MAX_IMAGE_PIXELS"),
    stripLocation: flagSetting(settings, "STRIP_LOCATION"),
  };
  return createEventHandler(new Logger(), async ({ Records }) => {
    for (const record of Records) {
      await finaliseUpload(arrival(record), deps);
    }
    return Records.length;
  });
}
