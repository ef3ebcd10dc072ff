import { z } from "zod";

import type { Caller } from "../../api/caller";
import type { Structure } from "../../api/output";
import type { Operation } from "../../api/rpc-api";
import { AwsError } from "../../aws-error";
import { firstWithin } from "../../first-within";
import { parseStrictInput } from "../../parse-input";
import { resourceNotFound, validationError } from "../errors";
import { readShardIterator, shardIterator } from "./shard-iterator";
import { shardIdOf, type Stream } from "./stream";
import type { StreamLog } from "./stream-log";

/** What the operations of the API work with. */
export interface StreamsContext {
  caller: Caller;
  clock: () => Date;
  log: StreamLog;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html */
const arn = z
  .string()
  .min(37)
  .max(1024)
  .regex(/^arn:.+:table\/.+\/stream\/.+$/);
const shardId = z.string().min(28).max(65);
const sequenceNumber = z.string().min(21).max(40);
const limit = z.int().min(1).max(100).default(100);

const listInput = z.strictObject({
  TableName: z
    .string()
    .min(3)
    .max(255)
    .regex(/^[a-zA-Z0-9_.-]+$/)
    .optional(),
  Limit: limit,
  ExclusiveStartStreamArn: arn.optional(),
});
const describeInput = z.strictObject({
  StreamArn: arn,
  Limit: limit,
  ExclusiveStartShardId: shardId.optional(),
  ShardFilter: z.strictObject({ Type: z.enum(["CHILD_SHARDS"]), ShardId: shardId }).optional(),
});
const iteratorInput = z.strictObject({
  StreamArn: arn,
  ShardId: shardId,
  ShardIteratorType: z.enum([
    "TRIM_HORIZON",
    "LATEST",
    "AT_SEQUENCE_NUMBER",
    "AFTER_SEQUENCE_NUMBER",
  ]),
  SequenceNumber: sequenceNumber.optional(),
});
const recordsInput = z.strictObject({
  ShardIterator: z.string().min(1).max(2048),
  Limit: z.int().min(1).max(1000).default(1000),
});

/** Most bytes of records in an answer, about. */
const maxBytes = 1024 * 1024;

/** What reads streams. */
export const operations: Readonly<Record<string, Operation<StreamsContext>>> = {
  ListStreams: (input, { caller, log }) => {
    const { TableName, Limit, ExclusiveStartStreamArn = "" } = parse(listInput, input);
    caller.require("dynamodb:ListStreams", "*");
    const streams = log
      .streams()
      .filter(({ tableName }) => TableName === undefined || tableName === TableName)
      .filter((stream) => stream.arn > ExclusiveStartStreamArn)
      .sort((one, other) => (one.arn < other.arn ? -1 : 1));
    const page = streams.slice(0, Limit);
    return {
      Streams: page.map((stream) => ({
        StreamArn: stream.arn,
        TableName: stream.tableName,
        StreamLabel: stream.label,
      })),
      LastEvaluatedStreamArn: streams.length > Limit ? page.at(-1)?.arn : undefined,
    };
  },
  DescribeStream: (input, context) => {
    const { StreamArn, ExclusiveStartShardId, ShardFilter } = parse(describeInput, input);
    const stream = streamOf(StreamArn, "DescribeStream", context);
    if (ShardFilter) {
      requireShard(stream, ShardFilter.ShardId);
    }
    const end = context.log.endOfClosed(stream);
    const shard = {
      ShardId: shardIdOf(stream),
      SequenceNumberRange: {
        StartingSequenceNumber: context.log.begin,
        EndingSequenceNumber: end && String(BigInt(end) - 1n),
      },
    };
    // The one shard has no children.
    const isOneOfThem = ExclusiveStartShardId === undefined && ShardFilter === undefined;
    return {
      StreamDescription: {
        StreamArn,
        StreamLabel: stream.label,
        StreamStatus: end === undefined ? "ENABLED" : "DISABLED",
        StreamViewType: stream.viewType,
        CreationRequestDateTime: new Date(`${stream.label}Z`),
        TableName: stream.tableName,
        KeySchema: stream.keySchema.map((element) => ({ ...element })),
        Shards: isOneOfThem ? [shard] : [],
      },
    };
  },
  GetShardIterator: async (input, context) => {
    const { StreamArn, ShardId, ...asked } = parse(iteratorInput, input);
    const stream = streamOf(StreamArn, "GetShardIterator", context);
    requireShard(stream, ShardId);
    const from = await startOf(stream, asked, context.log);
    return { ShardIterator: shardIterator({ streamArn: StreamArn, from }, context.clock()) };
  },
  GetRecords: async (input, context) => {
    const { ShardIterator, Limit } = parse(recordsInput, input);
    const { clock, log } = context;
    const { streamArn, from } = readShardIterator(ShardIterator, clock());
    const stream = streamOf(streamArn, "GetRecords", context);
    const records = firstWithin(
      maxBytes,
      await log.read(stream, from, Limit),
      (record) => JSON.stringify(record).length,
    );
    const last = records.at(-1)?.dynamodb.SequenceNumber;
    const next = last === undefined ? from : after(last);
    const isAtEnd =
      log.endOfClosed(stream) !== undefined && (await log.read(stream, next, 1)).length === 0;
    return {
      Records: records as unknown as Structure[],
      NextShardIterator: isAtEnd ? undefined : shardIterator({ streamArn, from: next }, clock()),
    };
  },
};

/** The first number after another one. */
export function after(number: string): string {
  return String(BigInt(number) + 1n);
}

function streamOf(arn: string, action: string, { caller, log }: StreamsContext): Stream {
  caller.require(`dynamodb:${action}`, arn);
  return log.find(arn);
}

/** @throws AwsError `ResourceNotFoundException`. */
function requireShard(stream: Stream, shardId: string): void {
  if (shardId !== shardIdOf(stream)) {
    throw resourceNotFound(`Shard: ${shardId} in Stream: ${stream.arn}`);
  }
}

async function startOf(
  stream: Stream,
  {
    ShardIteratorType: type,
    SequenceNumber: number,
  }: Pick<z.infer<typeof iteratorInput>, "SequenceNumber" | "ShardIteratorType">,
  log: StreamLog,
): Promise<string> {
  const isNumbered = type === "AT_SEQUENCE_NUMBER" || type === "AFTER_SEQUENCE_NUMBER";
  if (isNumbered !== (number !== undefined)) {
    throw validationError(
      isNumbered
        ? `Missing SequenceNumber for ShardIteratorType ${type}`
        : `SequenceNumber may not be given with ShardIteratorType ${type}`,
    );
  }
  if (number === undefined) {
    return type === "LATEST" ? log.end(stream) : "";
  }
  await requireKept(stream, number, log);
  return type === "AT_SEQUENCE_NUMBER" ? number : after(number);
}

async function requireKept(stream: Stream, number: string, log: StreamLog): Promise<void> {
  if (!/^\d+$/.test(number) || number >= log.end(stream) || number < log.begin) {
    throw validationError(`Invalid SequenceNumber: ${number}`);
  }
  if (number === log.begin) {
    // No record has it: it is where DescribeStream says that the shard begins.
    return;
  }
  const [first] = await log.read(stream, "", 1);
  if (first === undefined || number < first.dynamodb.SequenceNumber) {
    throw new AwsError(
      "TrimmedDataAccessException",
      "The operation attempted to read past the oldest stream record in a shard",
    );
  }
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseStrictInput(schema, input, "DynamoDB Streams");
}
