import assert from "node:assert/strict";
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { mockClient } from "aws-sdk-client-mock";
import { readBatch } from "../../../scripts/redrive/read-batch";

const batch = {
  streamArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/images/stream/1",
  shardId: "shardId-1",
  startSequenceNumber: "98",
  endSequenceNumber: "101",
};

describe("readBatch", () => {
  const streams = mockClient(DynamoDBStreamsClient);

  beforeEach(() => {
    streams.reset();
    streams.on(GetShardIteratorCommand).resolves({ ShardIterator: "0" });
  });

  after(() => {
    streams.restore();
  });

  /** @param pages the numbers of each page's records. */
  const answer = (...pages: string[][]) => {
    for (const [index, numbers] of pages.entries()) {
      const Records = numbers.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } }));
      streams
        .on(GetRecordsCommand, { ShardIterator: String(index) })
        .resolves({ Records, NextShardIterator: String(index + 1) });
    }
  };
  const read = async () => {
    const text = await readBatch(new DynamoDBStreamsClient({}), batch);
    const { Records } = JSON.parse(text) as {
      Records: { dynamodb: { SequenceNumber: string } }[];
    };
    return Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  };

  it("goes on over pages without records, which DynamoDB gives before it comes to them", async () => {
    answer([], [], ["98"], [], ["100", "101", "102"]);
    assert.deepEqual(await read(), ["98", "100", "101"]);
  });

  it("does not look beyond the last record, if that is not there", async () => {
    answer(["98"], ["102"]);
    await assert.rejects(read(), /has not all of its records any more/);
    assert.equal(streams.commandCalls(GetRecordsCommand).length, 2);
  });

  it("ends where nothing comes any more", async () => {
    streams.on(GetRecordsCommand).resolves({ Records: [], NextShardIterator: "0" });
    await assert.rejects(read(), /has not all of its records any more/);
    assert.equal(streams.commandCalls(GetRecordsCommand).length, 100);
  });
});
