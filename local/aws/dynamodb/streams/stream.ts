import { createHash } from "node:crypto";

import type { AttributeMap } from "../operation-input";

/** What records tell of items. */
export type StreamViewType = "KEYS_ONLY" | "NEW_AND_OLD_IMAGES" | "NEW_IMAGE" | "OLD_IMAGE";

/** The stream of a table: of each change of an item there is a record, for a day. */
export interface Stream {
  arn: string;
  tableName: string;
  /** When it was enabled, such as `2026-01-31T12:00:00.000`. */
  label: string;
  viewType: StreamViewType;
  keySchema: readonly { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
}

/** A stream that its table has no longer: its records can be read for a day. */
export interface ClosedStream extends Stream {
  /** When it was disabled, in milliseconds since 1970. */
  closedAt: number;
  /** The number that those of all its records are below. */
  end: string;
}

/** Who has changed an item, if that is not a caller of the API. */
export interface UserIdentity {
  PrincipalId: string;
  Type: string;
}

/**
 * A record of a stream, as GetRecords tells it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
 */
export interface StreamRecord {
  /** The same whenever the record is read. */
  eventID: string;
  eventName: "INSERT" | "MODIFY" | "REMOVE";
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  dynamodb: {
    /** Seconds since 1970. */
    ApproximateCreationDateTime: number;
    Keys: AttributeMap;
    NewImage?: AttributeMap;
    OldImage?: AttributeMap;
    /** Larger for each later record; all have the same number of digits. */
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: StreamViewType;
  };
  userIdentity?: UserIdentity;
}

/** The ARN of a stream of a table. */
export function streamArn(tableArn: string, label: string): string {
  return `${tableArn}/stream/${label}`;
}

/** A stream has one shard here, which is closed with it; in AWS, one follows another every few hours. */
export function shardIdOf({ arn, label }: Stream): string {
  const openedAt = String(Date.parse(`${label}Z`)).padStart(20, "0");
  return `shardId-${openedAt}-${createHash("sha256").update(arn).digest("hex").slice(0, 8)}`;
}
