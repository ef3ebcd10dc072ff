import { Logger } from "@aws-lambda-powertools/logger";
import type { GuardDutyScanResultNotificationEvent, S3Event } from "aws-lambda";
import { type BusinessCounts, createBusinessCounts, secondsSince } from "./aws/business-metrics";
import { createDynamoDb, createS3 } from "./aws/clients";
import { createEventHandler, type EventHandler } from "./aws/event-handler";
import { flagSetting, integerSetting, setting } from "./aws/settings";
import { ImagesBucket } from "./images/images-bucket";
import { Publication } from "./images/publication";
import { arrival } from "./uploads/arrivals";
import { type Finalised, type FinaliseUploadDeps, finaliseUpload } from "./uploads/finalise";
import { scanResult } from "./uploads/scan-result";
import { Uploads } from "./uploads/uploads";
import { createUserCounts } from "./users/user-counts";

/** Copying a large object takes longer than the API lets S3 take for an answer. */
const s3TimeoutMs = 10_000;

/** Objects that have arrived, or what a scan says of one. */
export type FinaliseUploadEvent = S3Event | GuardDutyScanResultNotificationEvent;

/**
 * Makes images of direct uploads, or rejects them: as their objects arrive or, where uploads are scanned for malware,
 * as a scan has looked at them, and not before.
 */
export function createHandler(settings: NodeJS.ProcessEnv): EventHandler<FinaliseUploadEvent> {
  const deps = createDeps(settings);
  const scansUploads = flagSetting(settings, "SCAN_UPLOADS");
  const logger = new Logger();
  const business = createBusinessCounts(settings);
  return createEventHandler(logger, async (event) => {
    if (!("Records" in event)) {
      // Also where uploads are not scanned any more: its client was told that it waits for this.
      return await finaliseScanned(event, { ...deps, business, logger });
    }
    if (scansUploads) {
      return leaveToScan(event, logger);
    }
    for (const record of event.Records) {
      const seconds = secondsSince(Date.parse(record.eventTime));
      count(await finaliseUpload(arrival(record), deps), business, { UploadSeconds: seconds });
    }
    return event.Records.length;
  });
}

/** What had arrived before uploads were scanned, but had to wait: nothing says that it is clean. */
function leaveToScan({ Records }: S3Event, logger: Logger): number {
  logger.warn("left to a scan", { count: Records.length });
  return 0;
}

async function finaliseScanned(
  event: GuardDutyScanResultNotificationEvent,
  { business, logger, ...deps }: FinaliseUploadDeps & { business: BusinessCounts; logger: Logger },
): Promise<number> {
  const { version, status, refusal } = scanResult(event);
  if (refusal) {
    logger.warn("not clean", { status, code: refusal.code });
  }
  // When the object had arrived, the event does not say.
  count(await finaliseUpload(version, deps, refusal), business);
  return 1;
}

/** @param measured what else is known of an image that is ready. */
function count(
  finalised: Finalised,
  business: BusinessCounts,
  measured: { UploadSeconds?: number } = {},
): void {
  if (finalised.outcome === "ready") {
    business.add({ ImagesReady: 1, BytesStored: finalised.bytes, ...measured });
  } else if (finalised.outcome === "rejected") {
    business.add({ ImagesRejected: 1 });
  }
}

function createDeps(settings: NodeJS.ProcessEnv): FinaliseUploadDeps {
  const dynamoDb = createDynamoDb();
  const images = setting(settings, "IMAGES_TABLE");
  return {
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
}
