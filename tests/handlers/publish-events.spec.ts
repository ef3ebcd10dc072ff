import assert from "node:assert/strict";
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
  type PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import type { DynamoDBRecord } from "aws-lambda";
import { createHandler } from "../../handlers/publish-events";
import { change, tableArn, tables } from "./events/change";
import { deleting, pending, ready } from "./events/rows";
import { context, useSdkSettings } from "./support";

const settings = {
  EVENT_BUS: "own",
  IMAGES_TABLE: tables.images,
  RESULTS_TABLE: tables.results,
};

type Entry = NonNullable<PutEventsCommandInput["Entries"]>[number];

describe("publish-events", () => {
  useSdkSettings();

  let eventBridge: AwsClientStub<EventBridgeClient>;

  beforeEach(() => {
    eventBridge = mockClient(EventBridgeClient);
  });

  afterEach(() => {
    eventBridge.restore();
  });

  const handle = (records: DynamoDBRecord[]) =>
    createHandler(settings)({ Records: records }, context);

  /** Lets the bus take what is not refused. */
  function answer(refuses: (eventId: string, request: number) => boolean = () => false): void {
    let request = 0;
    eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => {
      request += 1;
      const results = Entries.map((entry): PutEventsResultEntry =>
        refuses(idOf(entry), request) ? { ErrorCode: "ThrottlingException" } : { EventId: "id" },
      );
      return { Entries: results };
    });
  }

  const idOf = ({ Detail = "{}" }: Entry) =>
    (JSON.parse(Detail) as { eventId: string }).eventId.replace("event-", "");
  const requests = () =>
    eventBridge
      .commandCalls(PutEventsCommand)
      .map(({ args: [{ input }] }) => (input.Entries ?? []).map(idOf));
  const changes = (count: number) =>
    Array.from({ length: count }, (_, index) => change(pending, ready, { number: index + 1 }));
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const failedAt = (number: number) => ({
    batchItemFailures: [{ itemIdentifier: String(100_000_000_000_000_000_000n + BigInt(number)) }],
  });
  const nothingFailed = { batchItemFailures: [] };

  it("puts an event on the bus, with its table and the time of the change", async () => {
    answer();
    assert.deepEqual(await handle([change(ready, deleting)]), nothingFailed);
    const [call] = eventBridge.commandCalls(PutEventsCommand);
    const [entry, ...others] = call?.args[0].input.Entries ?? [];
    assert.deepEqual(others, []);
    const { Detail, ...envelope } = entry ?? assert.fail();
    assert.deepEqual(envelope, {
      EventBusName: "own",
      Source: "darkroom",
      DetailType: "ImageDeleted",
      Time: new Date("2026-01-31T12:00:00Z"),
      Resources: [tableArn(tables.images)],
    });
    assert.deepEqual(JSON.parse(Detail ?? ""), {
      schemaVersion: 1,
      eventId: "event-1",
      occurredAt: "2026-01-31T12:00:00Z",
      status: "deleted",
      imageId: ready.imageId,
      userId: "ada",
    });
  });

  it("puts ten at a time, in their order, and nothing of what is no event", async () => {
    answer();
    const records = [...changes(12), change(deleting, undefined, { number: 13 })];
    assert.deepEqual(await handle(records), nothingFailed);
    assert.deepEqual(requests(), [numbers(1, 10), numbers(11, 12)]);
  });

  it("asks for nothing where there is no event", async () => {
    assert.deepEqual(await handle([change(deleting, undefined)]), nothingFailed);
    assert.deepEqual(requests(), []);
  });

  it("puts again what the bus has refused, and only that", async () => {
    answer((id, request) => request === 1 && ["2", "4"].includes(id));
    assert.deepEqual(await handle(changes(5)), nothingFailed);
    assert.deepEqual(requests(), [numbers(1, 5), ["2", "4"]]);
  });

  it("says from where on it has failed, and puts nothing that comes after", async () => {
    answer((id) => id === "13");
    assert.deepEqual(await handle(changes(30)), failedAt(13));
    assert.deepEqual(requests(), [numbers(1, 10), numbers(11, 20), ["13"], ["13"]]);
  });

  it("says that all has failed where the bus does not answer", async () => {
    eventBridge.on(PutEventsCommand).rejects(new Error("no answer"));
    assert.deepEqual(await handle(changes(2)), failedAt(1));
    assert.equal(requests().length, 3);
  });

  it("takes for refused what the bus says nothing of", async () => {
    eventBridge.on(PutEventsCommand).resolves({ Entries: [{ EventId: "id" }] });
    assert.deepEqual(await handle(changes(2)), nothingFailed);
    assert.deepEqual(requests(), [["1", "2"], ["2"]]);
    eventBridge.on(PutEventsCommand).resolves({});
    assert.deepEqual(await handle(changes(2)), failedAt(1));
  });

  it("fails as a whole for a record that it cannot read, which Lambda then finds by itself", async () => {
    answer();
    await assert.rejects(handle([change(pending, ready, { table: "other" })]));
  });

  it("has ten events of the largest rows in far less than a request may have", async () => {
    answer();
    const userId = "\u{1f600}".repeat(128);
    const records = Array.from({ length: 10 }, (_, index) =>
      change({ ...pending, userId }, { ...ready, userId }, { number: index + 1 }),
    );
    await handle(records);
    const [call] = eventBridge.commandCalls(PutEventsCommand);
    assert.ok(JSON.stringify(call?.args[0].input).length < 20_000);
  });
});
