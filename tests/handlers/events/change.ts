import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { ImageItem } from "../../../handlers/images/images-table";
import type { ResultItem } from "../../../handlers/records/results-table";

export const tables = { images: "images-table", results: "results-table" };

/** The ARN of a table. */
export function tableArn(table: string): string {
  return `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`;
}

/** The record of a change, as Lambda gets it. */
export function change(
  before: ImageItem | ResultItem | undefined,
  after: ImageItem | ResultItem | undefined,
  { table = tables.images, number = 1 } = {},
): DynamoDBRecord {
  const imageOf = (item: object) => marshall(item, { removeUndefinedValues: true });
  return {
    eventID: `event-${number}`,
    eventName: before ? (after ? "MODIFY" : "REMOVE") : "INSERT",
    eventSource: "aws:dynamodb",
    eventVersion: "1.1",
    awsRegion: "us-east-1",
    eventSourceARN: `${tableArn(table)}/stream/2026-01-31T12:00:00.000`,
    dynamodb: {
      ApproximateCreationDateTime: 1_769_860_800,
      SequenceNumber: String(100_000_000_000_000_000_000n + BigInt(number)),
      ...(before && { OldImage: imageOf(before) }),
      ...(after && { NewImage: imageOf(after) }),
    } as NonNullable<DynamoDBRecord["dynamodb"]>,
  };
}
