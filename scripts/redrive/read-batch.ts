import {
  type _Record as StreamRecord,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { FailedBatch } from "../../local/aws/lambda/failure-record";

/**
 * Pages without a record, one after another, after which nothing is expected any more: DynamoDB gives some before it
 * comes to where the records are.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
 */
const maxEmptyPages = 100;

/** Where records are. */
type BatchPlace = Pick<
  FailedBatch,
  "endSequenceNumber" | "shardId" | "startSequenceNumber" | "streamArn"
>;

/**
 * The event that a function was given of records of a stream, as JSON: they are read from the stream again.
 *
 * @throws Error when the stream has not all of them any more: it keeps each for a day.
 */
export async function readBatch(
  streams: DynamoDBStreamsClient,
  { streamArn, shardId, startSequenceNumber, endSequenceNumber }: BatchPlace,
): Promise<string> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      SequenceNumber: startSequenceNumber,
    }),
  );
  const records: StreamRecord[] = [];
  let emptyPages = 0;
  for (let iterator = ShardIterator; iterator !== undefined && emptyPages < maxEmptyPages;) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    const { Records = [] } = page;
    records.push(...Records);
    if (Records.some(({ dynamodb }) => isAtOrAfter(dynamodb?.SequenceNumber, endSequenceNumber))) {
      break;
    }
    emptyPages = Records.length === 0 ? emptyPages + 1 : 0;
    iterator = page.NextShardIterator;
  }
  const last = records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === endSequenceNumber);
  if (last < 0) {
    throw new Error("the stream has not all of its records any more");
  }
  const given = records.slice(0, last + 1).map((record) => eventRecord(record, streamArn));
  return JSON.stringify({ Records: given });
}

/** Sequence numbers are decimals of up to 40 digits. */
function isAtOrAfter(number: string | undefined, end: string): boolean {
  return number !== undefined && BigInt(number) >= BigInt(end);
}

/** As Lambda gives it to a function, where times are numbers. */
function eventRecord({ dynamodb, userIdentity, ...record }: StreamRecord, eventSourceARN: string) {
  const writtenAt = dynamodb?.ApproximateCreationDateTime;
  return {
    ...record,
    dynamodb: {
      ...dynamodb,
      ...(writtenAt && { ApproximateCreationDateTime: writtenAt.getTime() / 1000 }),
    },
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId },
    }),
    eventSourceARN,
  };
}
