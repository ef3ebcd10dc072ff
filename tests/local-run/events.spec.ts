import { strict as assert } from "node:assert";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import Ajv from "ajv";
import { eventSchemas } from "../../handlers/events/event-schemas";
import type { DetailType } from "../../handlers/events/stack-events";
import { shardIdOf } from "../../local/aws/dynamodb/streams/stream";
import { discardRecord } from "../../local/aws/lambda/event-sources/discarded-batch";
import type { RunningMapping } from "../../local/aws/lambda/event-sources/running-mapping";
import { Faults } from "../../local/faults/faults";
import { connect } from "../../scripts/redrive/connect";
import { redrive } from "../../scripts/redrive/redrive";
import { postJson } from "../e2e/support/api";
import { outcomeOf, uploadDirectly } from "../e2e/support/direct-uploads";
import { remove, uploadImage } from "../e2e/support/images";
import type { ConsumedEvent } from "../../scripts/soak/events/consumed-events";
import { EventConsumer } from "../support/event-consumer";
import { makeDamagedPng } from "../support/images";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

describe("events of the stack", function () {
  this.timeout(120_000);
  let run: InProcessRun;
  const faults = new Faults({ seed: 15 });
  let consumer: EventConsumer;
  const ajv = new Ajv({
    formats: { "date-time": /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, uuid: /^[0-9a-f-]{36}$/ },
  });

  before(async () => {
    const backoff = () => Promise.resolve();
    run = await startInProcess({ faults, lambda: { backoff } });
    const { stack, cloud } = run;
    consumer = new EventConsumer(cloud, stack.sqs, stack.outputs.eventBusName ?? assert.fail());
  });

  after(async () => {
    await run.remove();
  });

  /** Waits for the event of this type that is about this id. */
  async function eventOf(detailType: DetailType, id: unknown): Promise<ConsumedEvent> {
    for (;;) {
      const found = consumer.events.find(
        (event) =>
          event["detail-type"] === detailType &&
          [event.detail.imageId, event.detail.resultId].includes(id),
      );
      if (found) {
        assert.ok(ajv.validate(eventSchemas[detailType], found.detail), ajv.errorsText());
        assert.equal(found.source, "darkroom");
        return found;
      }
      await consumer.receive();
    }
  }

  it("tell of an image when it is ready, and when it is deleted", async () => {
    const { stack } = run;
    const { imageId, timestamp, size } = await uploadImage(stack, { userId: "events-ada" });
    const ready = await eventOf("ImageReady", imageId);
    assert.deepEqual(
      [ready.detail.userId, ready.detail.timestamp, ready.detail.size],
      ["events-ada", timestamp, size],
    );
    assert.match(ready.resources[0] ?? "", /:table\/darkroom-images-[0-9a-f]{7}$/);
    await remove(stack, imageId);
    const deleted = await eventOf("ImageDeleted", imageId);
    assert.equal(deleted.detail.userId, "events-ada");
    assert.notEqual(deleted.detail.eventId, ready.detail.eventId);
  });

  it("tell of an upload that is rejected, and why", async () => {
    const { stack } = run;
    const noImage = Buffer.from("This is no image, whatever it is called.");
    const created = await uploadDirectly(stack, noImage, { user_id: "events-ada" });
    const { status, reason } = await outcomeOf(stack, created);
    assert.equal(status, "rejected");
    const { detail } = await eventOf("ImageRejected", created.uploadId);
    assert.deepEqual(
      [detail.userId, detail.wasReady, detail.reason],
      ["events-ada", false, reason],
    );
  });

  it("tell of an image that proves to be none after it was ready", async () => {
    const { stack } = run;
    const created = await uploadDirectly(stack, await makeDamagedPng(), { user_id: "events-ada" });
    const { detail } = await eventOf("ImageRejected", created.uploadId);
    assert.deepEqual([detail.userId, detail.wasReady], ["events-ada", true]);
    const ready = await eventOf("ImageReady", created.uploadId);
    assert.notEqual(ready.detail.eventId, detail.eventId);
  });

  it("tell of a result that is stored", async () => {
    const { stack } = run;
    const { body } = await postJson(stack, "/process", { id: "events-sensor", temperature: 21.5 });
    const resultId = /([^/]+)\.json$/.exec(String(body.s3Key))?.[1];
    const { detail } = await eventOf("ResultStored", resultId);
    assert.deepEqual([detail.id, detail.s3Key], ["events-sensor", body.s3Key]);
  });

  it("have ids that are those of the changes in the stream, whenever they are read", async () => {
    const { stack, cloud } = run;
    const { imageId } = await uploadImage(stack, { userId: "events-ada" });
    const { detail } = await eventOf("ImageReady", imageId);
    const log = cloud.services.dynamodb.streams;
    const stream = log.streams().find(({ tableName }) => tableName === stack.outputs.imagesTable);
    const records = await log.read(stream ?? assert.fail(), "", 1000);
    const record = records.find(({ eventID }) => eventID === detail.eventId);
    assert.deepEqual(record?.dynamodb.Keys, { imageId: { S: imageId } });
  });

  it("are published again from the stream when what was given up is redriven", async () => {
    const { stack, cloud, dataDir } = run;
    const { imageId } = await uploadImage(stack, { userId: "events-ada" });
    const { detail } = await eventOf("ImageReady", imageId);
    const { streams: log } = cloud.services.dynamodb;
    const stream =
      log.streams().find(({ tableName }) => tableName === stack.outputs.imagesTable) ??
      assert.fail();
    const records = await log.read(stream, "", 1000);
    const given = records.filter(({ eventID }) => eventID === detail.eventId);
    const [{ functionArn, settings }] = cloud.services.lambda.eventSources
      .all()
      .filter((mapping) => mapping.settings.eventSourceArn === stream.arn) as [RunningMapping];
    const body = discardRecord(
      {
        requestId: "given-up",
        functionArn,
        streamArn: stream.arn,
        shardId: shardIdOf(stream),
        records: given,
        condition: "RecordAgeExceeded",
        invokeCount: 1,
      },
      new Date(),
    );
    assert.equal(settings.maximumRecordAgeSeconds, 3600);
    const message = { QueueUrl: stack.outputs.failuresQueueUrl, MessageBody: body };
    await stack.sqs.send(new SendMessageCommand(message));
    const lines: string[] = [];
    const { redriven } = await redrive({
      ...connect({ data: dataDir }),
      dryRun: false,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
    });
    assert.equal(redriven, 1, lines.join("\n"));
    const twice = () => consumer.events.filter((event) => event.detail.eventId === detail.eventId);
    while (twice().length < 2) {
      await consumer.receive();
    }
    assert.deepEqual(twice()[0]?.detail, twice()[1]?.detail);
  });

  it("find every role with what it needs, and nothing refused", () => {
    assert.deepEqual(
      run.lines.filter((line) => line.startsWith("Refused:")),
      [],
    );
  });

  describe("under faults", function () {
    this.timeout(240_000);

    after(() => {
      faults.clear();
    });

    it("tell at least once of each image and result, whatever fails on the way", async () => {
      const { stack } = run;
      const imageIds: string[] = [];
      const resultIds: string[] = [];
      faults.set([
        { service: "events", operation: "PutEvents", kind: "error", probability: 0.3 },
        { service: "events", operation: "PutEvents", kind: "drop", probability: 0.2 },
        { service: "events", operation: "PutEventsEntry", kind: "error", probability: 0.4 },
      ]);
      for (let n = 0; n < 15; n++) {
        imageIds.push((await uploadImage(stack, { userId: "events-ada" })).imageId);
        const { body } = await postJson(stack, "/process", { id: "events-sensor", n });
        resultIds.push(/([^/]+)\.json$/.exec(String(body.s3Key))?.[1] ?? "");
      }
      for (const imageId of imageIds) {
        await remove(stack, imageId);
      }
      const expected = new Set([
        ...imageIds.flatMap((id) => [`ImageReady ${id}`, `ImageDeleted ${id}`]),
        ...resultIds.map((id) => `ResultStored ${id}`),
      ]);
      const ids: unknown[] = [...imageIds, ...resultIds];
      const told = () =>
        consumer.events.flatMap(({ "detail-type": type, detail }) => {
          const id = detail.imageId ?? detail.resultId;
          return ids.includes(id) ? `${type} ${String(id)}` : [];
        });
      while (new Set(told()).size < expected.size) {
        await consumer.receive();
      }
      assert.deepEqual(new Set(told()), expected);
      const injected = Object.values(faults.counts()).flatMap((counts) => Object.values(counts));
      assert.ok(injected.reduce((sum, count) => sum + count, 0) > 10);
      assert.ok(told().length > expected.size);
    });
  });
});
