import type { ServiceEvent } from "../../types";
import type { EventOrigin, ObjectChange } from "./event-record";
import type { EventName } from "./event-types";

/** What the event bus says made or removed an object, by the name of the event in other notifications. */
const reasons: Readonly<Record<EventName, object>> = {
  "ObjectCreated:Put": { reason: "PutObject" },
  "ObjectCreated:Post": { reason: "POST Object" },
  "ObjectCreated:Copy": { reason: "CopyObject" },
  "ObjectCreated:CompleteMultipartUpload": { reason: "CompleteMultipartUpload" },
  "ObjectRemoved:Delete": { reason: "DeleteObject", "deletion-type": "Permanently Deleted" },
  "ObjectRemoved:DeleteMarkerCreated": {
    reason: "DeleteObject",
    "deletion-type": "Delete Marker Created",
  },
  "LifecycleExpiration:Delete": {
    reason: "Lifecycle Expiration",
    "deletion-type": "Permanently Deleted",
  },
  "LifecycleExpiration:DeleteMarkerCreated": {
    reason: "Lifecycle Expiration",
    "deletion-type": "Delete Marker Created",
  },
};

/**
 * A change as the event bus tells of it; the key is as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function busEvent(
  bucketArn: string,
  change: ObjectChange,
  { source, ids }: EventOrigin,
): ServiceEvent {
  const { name, bucket, key, size, etag, versionId, sequencer, principalId } = change;
  return {
    source: "aws.s3",
    detailType: name.startsWith("ObjectCreated:") ? "Object Created" : "Object Deleted",
    resources: [bucketArn],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size, etag, "version-id": versionId, sequencer },
      "request-id": ids["x-amz-request-id"],
      requester: principalId,
      ...(!name.startsWith("LifecycleExpiration:") && { "source-ip-address": source }),
      ...reasons[name],
    },
  };
}
