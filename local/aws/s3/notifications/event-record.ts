import type { Principal } from "../../iam/types";
import type { Account } from "../../types";
import { encodeKey } from "../listing";
import { canonicalUserId } from "../owner";
import type { RequestIds } from "../request-ids";
import type { EventName } from "./event-types";

/** A change of an object, as events tell of it. */
export interface ObjectChange {
  name: EventName;
  bucket: string;
  key: string;
  /** Absent where versioning was off, when the object was written. */
  versionId?: string;
  /** In bytes; absent when no object was written. */
  size?: number;
  /** Without quotes; absent when nothing was written. */
  etag?: string;
  /** Such as `AWS:AIDAEXAMPLE`. */
  principalId: string;
  at: Date;
  /** Hexadecimal; of two changes of one key, the later one has the greater. */
  sequencer: string;
}

/** The request that made a change. */
export interface EventOrigin {
  /** An IP address, or the service that acted of itself. */
  source: string;
  /** Those of the reply. */
  ids: RequestIds;
}

/**
 * One record of an event.
 *
 * @param configurationId of the notification that the record is for.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function eventRecord(
  account: Account,
  bucketArn: string,
  configurationId: string,
  change: ObjectChange,
  origin: EventOrigin,
) {
  const { name, bucket, key, versionId, size, etag, at, sequencer } = change;
  return {
    eventVersion: name.startsWith("LifecycleExpiration:") ? "2.3" : "2.1",
    eventSource: "aws:s3",
    awsRegion: account.region,
    eventTime: at.toISOString(),
    eventName: name,
    userIdentity: { principalId: change.principalId },
    requestParameters: { sourceIPAddress: origin.source },
    responseElements: origin.ids,
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: canonicalUserId(account) },
        arn: bucketArn,
      },
      object: { key: encodeKey(key), size, eTag: etag, versionId, sequencer },
    },
  };
}

/** The caller as events name it. A role's session has the role's name where AWS has its unique id. */
export function principalId(principal: Principal, account: Account): string {
  switch (principal.kind) {
    case "role":
      return `AWS:${principal.arn.split("/").slice(1).join(":")}`;
    case "root":
      return `AWS:${account.accountId}`;
    case "service":
      return principal.service;
    case "anonymous":
      return "Anonymous";
  }
}
