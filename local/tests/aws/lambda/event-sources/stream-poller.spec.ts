import assert from "node:assert/strict";

import type { FunctionResponse } from "../../../../aws/lambda/function-response";
import type { DiscardedBatch } from "../../../../aws/lambda/event-sources/discarded-batch";
import {
  eventSourceSettings,
  type EventSourceMapping,
} from "../../../../aws/lambda/event-sources/event-source-mapping";
import { StreamPoller } from "../../../../aws/lambda/event-sources/stream-poller";
import type { SourceRecord } from "../../../../aws/lambda/event-sources/stream-source";

const eventSourceArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/images/stream/2026-01-01";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:tell";
const base = 100_000_000_000_000_000_000n;
const failed: FunctionResponse = {
  statusCode: 200,
  functionError: "Unhandled",
  payload: "{}",
  error: { errorType: "Error", errorMessage: "no" },
};
const done: FunctionResponse = { statusCode: 200, payload: "null" };

/** The numbers of a batch, by which records are told apart here. */
type Answer = (numbers: readonly number[]) => FunctionResponse | "throttled";

const numberOf = (sequence: string) => Number(BigInt(sequence) - base);
const sequenceOf = (number: number) => String(base + BigInt(number));
const failing = (number: number): FunctionResponse => ({
  statusCode: 200,
  payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: sequenceOf(number) }] }),
});

/** A stream in memory, and a poller of it. */
class Polled {
  readonly batches: number[][] = [];
  readonly discarded: DiscardedBatch[] = [];
  readonly kept: number[] = [];
  readonly waits: unknown[] = [];
  readonly ages: number[] = [];
  readonly problems: string[] = [];
  now = Date.parse("2026-01-01T00:00:00Z");
  /** What the next batch comes to. */
  answer: Answer = () => done;
  refusal: Error | undefined;
  readonly #records: SourceRecord[] = [];
  #onRecords: () => void = () => undefined;
  #changed: () => void = () => undefined;
  readonly #poller: StreamPoller;

  constructor(mapping: Partial<EventSourceMapping> = {}) {
    const settings = eventSourceSettings({
      uuid: "1",
      functionName: "tell",
      eventSourceArn,
      startingPosition: "TRIM_HORIZON",
      ...mapping,
    });
    this.#poller = new StreamPoller({
      settings,
      functionArn,
      clock: () => new Date(this.now),
      backoff: (retry, cause) => {
        this.waits.push([retry, cause]);
        this.now += 1000;
        return Promise.resolve();
      },
      open: () => {
        if (this.refusal) {
          throw this.refusal;
        }
        return {
          shardId: "shardId-1",
          begin: String(base),
          end: () => sequenceOf(this.#records.length + 1),
          read: (from, limit) =>
            Promise.resolve(
              this.#records
                .filter(({ dynamodb }) => dynamodb.SequenceNumber >= from)
                .slice(0, limit),
            ),
          follow: (_unread, onRecords) => {
            this.#onRecords = onRecords;
            return () => undefined;
          },
        };
      },
      from: ({ begin }) => begin,
      keep: (from) => {
        this.kept.push(numberOf(from) - 1);
        this.#changed();
      },
      begin: () => undefined,
      attempt: ({ payload }) => {
        const { Records } = JSON.parse(payload) as { Records: SourceRecord[] };
        const numbers = Records.map(({ dynamodb }) => numberOf(dynamodb.SequenceNumber));
        this.batches.push(numbers);
        return Promise.resolve(this.answer(numbers));
      },
      discard: (batch) => this.discarded.push(batch),
      onAge: (age) => this.ages.push(age),
      onResult: () => undefined,
      onProblem: (problem) => {
        this.problems.push(problem);
        this.#changed();
      },
    });
  }

  start(): this {
    this.#poller.start();
    return this;
  }

  async stop(): Promise<void> {
    this.#poller.abort();
    await this.#poller.settled();
  }

  /** Writes so many records. */
  write(count: number, members: object = {}): this {
    for (let n = 0; n < count; n++) {
      this.#records.push({
        dynamodb: {
          ApproximateCreationDateTime: this.now / 1000,
          SequenceNumber: sequenceOf(this.#records.length + 1),
          ...members,
        },
      });
    }
    this.#onRecords();
    return this;
  }

  /** Waits for what is kept, or for a problem. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** Waits until all of so many records are done with. */
  async through(number: number): Promise<this> {
    await this.until(() => this.kept.at(-1) === number);
    return this;
  }

  conditions(): unknown[] {
    return this.discarded.map(({ condition, invokeCount, records }) => [
      condition,
      invokeCount,
      records.map(({ dynamodb }) => numberOf(dynamodb.SequenceNumber)),
    ]);
  }
}

describe("StreamPoller", () => {
  let polled: Polled;

  afterEach(async () => {
    await polled.stop();
  });

  it("gets what is there in batches, and then what comes", async () => {
    polled = new Polled({ batchSize: 2 }).write(3).start();
    await polled.through(3);
    await polled.write(1).through(4);
    assert.deepEqual(polled.batches, [[1, 2], [3], [4]]);
    assert.deepEqual(polled.kept, [2, 3, 4]);
  });

  it("gets what one of the filters is for, and passes over all else", async () => {
    const filter = (kind: string) => JSON.stringify({ dynamodb: { Keys: { kind: [kind] } } });
    polled = new Polled({ filters: [filter("a"), filter("b")] }).start();
    polled
      .write(1, { Keys: { kind: "a" } })
      .write(1, { Keys: { kind: "c" } })
      .write(1, { Keys: { kind: "b" } })
      .write(2, { Keys: { kind: "c" } });
    await polled.through(5);
    assert.deepEqual(polled.batches.flat(), [1, 3]);
  });

  it("goes on from the first record that a function reports, and does nothing twice before it", async () => {
    polled = new Polled({ reportsBatchItemFailures: true }).write(4);
    polled.answer = () => (polled.batches.length < 3 ? failing(3) : done);
    await polled.start().through(4);
    assert.deepEqual(polled.batches, [
      [1, 2, 3, 4],
      [3, 4],
      [3, 4],
    ]);
    assert.deepEqual(polled.kept, [2, 4]);
    assert.deepEqual(polled.waits, [
      [1, "failed"],
      [2, "failed"],
    ]);
  });

  it("takes reports for nothing where they are not asked for", async () => {
    polled = new Polled().write(2);
    polled.answer = () => failing(2);
    await polled.start().through(2);
    assert.deepEqual(polled.batches, [[1, 2]]);
  });

  for (const [what, payload] of [
    ["names no record of the batch", { batchItemFailures: [{ itemIdentifier: "1" }] }],
    ["names nothing", { batchItemFailures: [{ itemIdentifier: "" }] }],
    ["is malformed", { batchItemFailures: [{ id: sequenceOf(2) }] }],
  ] as const) {
    it(`tries all again where a report ${what}`, async () => {
      polled = new Polled({ reportsBatchItemFailures: true }).write(2);
      polled.answer = () =>
        polled.batches.length === 1 ? { statusCode: 200, payload: JSON.stringify(payload) } : done;
      await polled.start().through(2);
      assert.deepEqual(polled.batches, [
        [1, 2],
        [1, 2],
      ]);
    });
  }

  for (const report of [[], null, {}, { batchItemFailures: [] }, { batchItemFailures: null }]) {
    it(`is done with a batch where a report is ${JSON.stringify(report)}`, async () => {
      polled = new Polled({ reportsBatchItemFailures: true }).write(2);
      polled.answer = () => ({ statusCode: 200, payload: JSON.stringify(report) });
      await polled.start().through(2);
      assert.deepEqual(polled.batches, [[1, 2]]);
    });
  }

  it("halves what fails until the record is alone, and gives up that one", async () => {
    polled = new Polled({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 }).write(4);
    polled.answer = (numbers) => (numbers.includes(2) ? failed : done);
    await polled.start().through(4);
    assert.deepEqual(polled.batches, [[1, 2, 3, 4], [1, 2], [1], [2], [2], [3, 4]]);
    assert.deepEqual(polled.conditions(), [["RetryAttemptsExhausted", 4, [2]]]);
    assert.deepEqual(polled.waits, [[1, "failed"]]);
  });

  it("gives up a batch after its retries, and what comes of it is told", async () => {
    polled = new Polled({ maximumRetryAttempts: 2 }).write(2);
    polled.answer = (numbers) => (numbers.includes(1) ? failed : done);
    await polled.start().through(2);
    assert.deepEqual(polled.conditions(), [["RetryAttemptsExhausted", 3, [1, 2]]]);
    const [batch] = polled.discarded;
    assert.equal(batch?.functionArn, functionArn);
    assert.equal(batch.streamArn, eventSourceArn);
    assert.equal(batch.shardId, "shardId-1");
    assert.equal(batch.response, failed);
  });

  it("gives up what is too old, but not before it was tried", async () => {
    polled = new Polled({ maximumRecordAgeSeconds: 60 }).write(1);
    polled.now += 61_000;
    polled.answer = () => failed;
    await polled.start().through(1);
    assert.deepEqual(polled.batches, [[1]]);
    assert.deepEqual(polled.conditions(), [["RecordAgeExceeded", 1, [1]]]);
    assert.deepEqual(polled.ages, [61_000]);
  });

  it("counts no throttles as failures", async () => {
    polled = new Polled({ maximumRetryAttempts: 0 }).write(1);
    polled.answer = () => (polled.batches.length < 4 ? "throttled" : done);
    await polled.start().through(1);
    assert.deepEqual(polled.waits, [
      [1, "throttled"],
      [2, "throttled"],
      [3, "throttled"],
    ]);
    assert.deepEqual(polled.discarded, []);
  });

  it("waits for a batch to fill for as long as the window is", async () => {
    polled = new Polled({ batchSize: 2, maximumBatchingWindowSeconds: 300 }).write(1).start();
    await new Promise(setImmediate);
    await polled.stop();
    assert.deepEqual(polled.batches, []);
    polled = new Polled({ batchSize: 2, maximumBatchingWindowSeconds: 300 }).write(3).start();
    await polled.through(2);
    assert.deepEqual(polled.batches, [[1, 2]]);
  });

  it("gives a function no more than fits into an invocation", async () => {
    polled = new Polled().write(3, { NewImage: { text: { S: "x".repeat(2_500_000) } } });
    await polled.start().through(3);
    assert.deepEqual(polled.batches, [[1, 2], [3]]);
  });

  it("leaves to the next run what a stop has interrupted", async () => {
    polled = new Polled().write(1);
    polled.answer = () => {
      void polled.stop();
      return failed;
    };
    polled.start();
    await polled.stop();
    assert.deepEqual(polled.kept, []);
    assert.deepEqual(polled.discarded, []);
  });

  it("tells what keeps it from reading, and reads once it may", async () => {
    polled = new Polled().write(1);
    polled.refusal = new Error("not allowed");
    polled.start();
    await polled.until(() => polled.problems.length > 0);
    polled.refusal = undefined;
    await polled.through(1);
    assert.ok(polled.problems.every((problem) => problem === "not allowed"));
  });
});
