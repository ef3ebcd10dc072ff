import type { S3EventRecord } from "aws-lambda";
import type { ObjectVersion } from "../aws/versioned-objects";

/**
 * The version that an event is about. Keys in events are encoded as in forms.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function arrival({ s3: { object } }: S3EventRecord): ObjectVersion {
  const key = decodeURIComponent(object.key.replaceAll("+", " "));
  return { key, versionId: object.versionId ?? "null" };
}
