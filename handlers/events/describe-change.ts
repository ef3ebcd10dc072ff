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

/** Adds what all details have. */
type Complete = <Detail>(
  detail: Omit<Detail, keyof CommonDetail>,
) => Omit<Detail, keyof CommonDetail> & CommonDetail;

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
  const complete: Complete = (detail) => ({
    schemaVersion,
    eventId: eventID,
    occurredAt: occurredAt.toISOString().replace(/\.\d+Z$/, "Z"),
    ...detail,
  });
  const described = describe(tableArn.split("/")[1], tables, OldImage, NewImage, complete);
  return described && { ...described, tableArn, occurredAt };
}

function describe(
  table: string | undefined,
  { images, results }: EventTables,
  before: Image,
  after: Image,
  complete: Complete,
): Pick<StackEvent, "detail" | "detailType"> | undefined {
  if (table === images) {
    return describeImage(rowOf<ImageItem>(before), rowOf<ImageItem>(after), complete);
  }
  if (table === results) {
    return describeResult(rowOf<ResultItem>(before), rowOf<ResultItem>(after), complete);
  }
  throw new Error("No events are made of the changes of this table.");
}

function describeImage(before: Row<ImageItem>, after: Row<ImageItem>, complete: Complete) {
  const detailType = imageEventOf(before?.state ?? "none", after?.state ?? "none");
  if (detailType === "ImageReady") {
    return { detailType, detail: complete(ready(after as ReadyItem)) };
  }
  if (detailType === "ImageRejected") {
    return { detailType, detail: complete(rejected(before as OwnedItem, after as RejectedItem)) };
  }
  return detailType && { detailType, detail: complete(deleted(before as ReadyItem)) };
}

/** A row that says whose it is. */
type OwnedItem = Extract<ImageItem, { userId: string }>;

type Own<Detail> = Omit<Detail, keyof CommonDetail>;

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

function describeResult(before: Row<ResultItem>, after: Row<ResultItem>, complete: Complete) {
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
  return { detailType: "ResultStored" as const, detail: complete(detail) };
}

type Image = NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"];

function rowOf<Item>(image: Image): Row<Item> {
  return image && (unmarshall(image as Record<string, AttributeValue>) as Item);
}
