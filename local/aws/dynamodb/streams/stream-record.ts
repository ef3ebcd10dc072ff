import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { itemSize } from "dynalite/db";

import type { AttributeMap } from "../operation-input";
import type { Stream, StreamRecord, StreamViewType, UserIdentity } from "./stream";

/** What a write has made of an item. */
export interface ItemChange {
  tableName: string;
  /** The item as it was, if there was one. */
  before: AttributeMap | undefined;
  /** The item as it is, if there is one. */
  after: AttributeMap | undefined;
  /** Who has changed it. Default: a caller of the API. */
  by?: UserIdentity | undefined;
}

/** Where and when a record is written. */
export interface RecordPlace {
  stream: Stream;
  region: string;
  sequenceNumber: string;
  now: Date;
}

/** What of an item each view shows. */
const shows: Readonly<Record<StreamViewType, { before: boolean; after: boolean }>> = {
  KEYS_ONLY: { before: false, after: false },
  NEW_IMAGE: { before: false, after: true },
  OLD_IMAGE: { before: true, after: false },
  NEW_AND_OLD_IMAGES: { before: true, after: true },
};

/**
 * Whether a write has changed something: of one that has not, DynamoDB writes no record.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export function isChange({ before, after }: ItemChange): boolean {
  return !isDeepStrictEqual(comparable(before), comparable(after));
}

/** The record of a change. */
export function recordOf(
  { before, after, by }: ItemChange,
  { stream, region, sequenceNumber, now }: RecordPlace,
): StreamRecord {
  const shown = shows[stream.viewType];
  const item = after ?? before ?? {};
  const keys = stream.keySchema.map(({ AttributeName: name }) => [name, item[name]] as const);
  const images = {
    Keys: Object.fromEntries(keys) as AttributeMap,
    ...(shown.after && after && { NewImage: after }),
    ...(shown.before && before && { OldImage: before }),
  };
  return {
    eventID: createHash("md5").update(`${stream.arn} ${sequenceNumber}`).digest("hex"),
    eventName: before === undefined ? "INSERT" : after === undefined ? "REMOVE" : "MODIFY",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now.getTime() / 1000),
      ...images,
      SequenceNumber: sequenceNumber,
      SizeBytes: Object.values(images).reduce((sum, image) => sum + itemSize(image), 0),
      StreamViewType: stream.viewType,
    },
    ...(by && { userIdentity: by }),
  };
}

/** Plain objects, which differ only where items do: a set has no order. */
function comparable(item: AttributeMap | undefined): unknown {
  return item === undefined
    ? undefined
    : JSON.parse(JSON.stringify(item), (name, value: unknown) =>
        ["SS", "NS", "BS"].includes(name) && Array.isArray(value) ? value.toSorted() : value,
      );
}
