import { z } from "zod";

import { parseJson } from "../../../parse-json";
import { AwsError } from "../../aws-error";
import { validationError } from "../errors";

/** Where a reader of a stream is. */
export interface StreamPosition {
  streamArn: string;
  /** Of the first record that was not read; an empty text for the first that there is. */
  from: string;
}

const content = z.object({ streamArn: z.string(), from: z.string(), issuedAt: z.number() });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
const lifetimeMs = 15 * 60 * 1000;

/** Makes an iterator, which is opaque to clients. */
export function shardIterator(position: StreamPosition, now: Date): string {
  const text = JSON.stringify({ ...position, issuedAt: now.getTime() });
  return Buffer.from(text).toString("base64");
}

/** @throws AwsError `ValidationException`, `ExpiredIteratorException`. */
export function readShardIterator(iterator: string, now: Date): StreamPosition {
  const { data } = content.safeParse(parseJson(Buffer.from(iterator, "base64").toString()));
  if (data === undefined) {
    throw validationError("Invalid ShardIterator");
  }
  if (now.getTime() - data.issuedAt > lifetimeMs) {
    throw new AwsError(
      "ExpiredIteratorException",
      "The shard iterator is expired. Shard iterators are only valid for 15 minutes",
    );
  }
  return data;
}
