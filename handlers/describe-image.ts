import { Logger } from "@aws-lambda-powertools/logger";
import type { S3Event } from "aws-lambda";
import sharp from "sharp";
import { createDynamoDb, createS3 } from "./aws/clients";
import { createEventHandler, type EventHandler } from "./aws/event-handler";
import { integerSetting, setting } from "./aws/settings";
import { type DescribeImageDeps, describeImage } from "./images/describe";
import { ImageFindings } from "./images/image-findings";
import { ImagesBucket } from "./images/images-bucket";
import { Publication } from "./images/publication";
import { createRenditionDeps } from "./images/purge-deps";
import { arrival } from "./uploads/arrivals";
import { createUserCounts } from "./users/user-counts";

/** Nobody waits for the answer. */
const s3TimeoutMs = 10_000;

/** Describes images as their objects arrive, or rejects what cannot be decoded. */
export function createHandler(settings: NodeJS.ProcessEnv): EventHandler<S3Event> {
  // No image comes twice.
  sharp.cache(false);
  const dynamoDb = createDynamoDb();
  const s3 = createS3({ timeoutMs: s3TimeoutMs });
  const tables = {
    images: setting(settings, "IMAGES_TABLE"),
    tags: setting(settings, "TAGS_TABLE"),
    counts: createUserCounts(settings, dynamoDb, "unlimited"),
  };
  const deps: DescribeImageDeps = {
    bucket: new ImagesBucket(s3, setting(settings, "IMAGES_BUCKET")),
    findings: new ImageFindings(dynamoDb, tables),
    publication: new Publication(dynamoDb, tables),
    ...createRenditionDeps(settings, s3),
    maxPixels: integerSetting(settings, "MAX_IMAGE_PIXELS"),
    // As a rule the object is there for less. Lambda tries again in a minute.
    patienceMs: 1000,
  };
  return createEventHandler(new Logger(), async ({ Records }) => {
    for (const record of Records) {
      await describeImage(arrival(record).key, new Date(record.eventTime), deps);
    }
    return Records.length;
  });
}
