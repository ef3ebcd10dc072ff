import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { ImageItem, ReadyItem, RejectedItem } from "../images/images-table";
import type { ResultItem } from "../records/results-table";
import {
  type CommonDetail,
  type DetailType,
  type ImageDeletedDetail,
  imageEventOf,
  type ImageReadyDetail,
  type ImageRejectedDetail,
  type ResultStoredDetail,
  schemaVersion,
} from "./stack-events";

/** An event of the stack. */
export interface StackEvent {
  detailType: DetailType;
  /** What it is about: the table whose row has changed. */
  tableArn: string;
  occurredAt: Date;
  detail: CommonDetail;
}

/** Names of the tables whose rows tell of something. */
export interface EventTables {
  images: string;
  results: string;
}

type Row<Item> = Item | undefined;

/** What a detail has that not all have. */
type Own<Detail> = Omit<Detail, keyof CommonDetail>;

/** What a change of a row says by itself. */
interface Described {
  detailType: DetailType;
  detail:
    | Own<ImageDeletedDetail>
    | Own<ImageReadyDetail>
    | Own<ImageRejectedDetail>
    | Own<ResultStoredDetail>;
}

/**
 * The event of a change of a row, if there is one: of the same record always the same, with the same id.
 *
 * @throws Error when a record is of another table, or is none that a stream has.
 */
export function describeChange(
  { dynamodb, eventID, eventSourceARN = "" }: DynamoDBRecord,
  tables: EventTables,
): StackEvent | undefined {
  const [tableArn = "", label] = eventSourceARN.split("/stream/");
  const { ApproximateCreationDateTime: seconds, OldImage, NewImage } = dynamodb ?? {};
  if (eventID === undefined || seconds === undefined || label === undefined) {
    throw new Error("This is no record of a stream.");
  }
  const occurredAt = new Date(seconds * 1000);
  const common: CommonDetail = {
    schemaVersion,
    eventId: eventID,
    occurredAt: occurredAt.toISOString().replace(/\.\d+Z$/, "Z"),
  };
  const described = describe(tableArn.split("/")[1], tables, OldImage, NewImage);
  return (
    described && {
      detailType: described.detailType,
      tableArn,
      occurredAt,
      detail: { ...common, ...described.detail },
    }
  );
}

function describe(
  table: string | undefined,
  { images, results }: EventTables,
  before: Image,
  after: Image,
): Described | undefined {
  if (table === images) {
    return describeImage(rowOf<ImageItem>(before), rowOf<ImageItem>(after));
  }
  if (table === results) {
    return describeResult(rowOf<ResultItem>(before), rowOf<ResultItem>(after));
  }
  throw new Error("No events are made of the changes of this table.");
}

function describeImage(before: Row<ImageItem>, after: Row<ImageItem>): Described | undefined {
  const detailType = imageEventOf(before?.state ?? "none", after?.state ?? "none");
  if (detailType === "ImageReady") {
    return { detailType, detail: ready(after as ReadyItem) };
  }
  if (detailType === "ImageRejected") {
    return { detailType, detail: rejected(before as OwnedItem, after as RejectedItem) };
  }
  return detailType && { detailType, detail: deleted(before as ReadyItem) };
}

/** A row that says whose it is. */
type OwnedItem = Extract<ImageItem, { userId: string }>;

function ready(item: ReadyItem): Own<ImageReadyDetail> {
  const { imageId, userId, contentType, size, width, height, timestamp } = item;
  return { status: "ready", imageId, userId, contentType, size, width, height, timestamp };
}

/** Of a row that was rejected, only the one before says whose it was. */
function rejected(before: OwnedItem, { rejection }: RejectedItem): Own<ImageRejectedDetail> {
  const { imageId, userId, state } = before;
  return { status: "rejected", imageId, userId, wasReady: state === "ready", reason: rejection };
}

function deleted({ imageId, userId }: ReadyItem): Own<ImageDeletedDetail> {
  return { status: "deleted", imageId, userId };
}

function describeResult(before: Row<ResultItem>, after: Row<ResultItem>): Described | undefined {
  if (before !== undefined || after === undefined) {
    return undefined;
  }
  const { resultId, id, s3Key, bytes, userId, timestamp } = after;
  const detail: Own<ResultStoredDetail> = {
    status: "stored",
    resultId,
    id,
    s3Key,
    bytes,
    ...(userId !== undefined && { userId }),
    timestamp,
  };
  return { detailType: "ResultStored", detail };
}

type Image = NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"];

function rowOf<Item>(image: Image): Row<Item> {
  return image && (unmarshall(image as Record<string, AttributeValue>) as Item);
}
