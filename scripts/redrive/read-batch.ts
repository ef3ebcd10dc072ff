import {
  type _Record as StreamRecord,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { FailedBatch } from "../../local/aws/lambda/failure-record";

/**
 * The event that a function was given of records of a stream, as JSON: they are read from the stream again.
 *
 * @throws Error when the stream has not all of them any more: it keeps each for a day.
 */
export async function readBatch(
  streams: DynamoDBStreamsClient,
  { streamArn, shardId, startSequenceNumber, endSequenceNumber }: FailedBatch,
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
  const isWhole = () =>
    records.some(({ dynamodb }) => dynamodb?.SequenceNumber === endSequenceNumber);
  for (let iterator = ShardIterator; iterator !== undefined && !isWhole();) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    records.push(...(page.Records ?? []));
    iterator = page.Records?.length === 0 ? undefined : page.NextShardIterator;
  }
  if (!isWhole()) {
    throw new Error("the stream has not all of its records any more");
  }
  const last = records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === endSequenceNumber);
  const given = records.slice(0, last + 1).map((record) => eventRecord(record, streamArn));
  return JSON.stringify({ Records: given });
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
