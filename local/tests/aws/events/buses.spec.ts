import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
  TestEventPatternCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";

import { AwsError } from "../../../aws/aws-error";
import { eventsApi } from "../../../aws/events/api";
import { Events } from "../../../aws/events/events";
import type { AuthorizationRequest } from "../../../aws/iam/types";
import { Faults } from "../../../faults/faults";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const busArn = "arn:aws:events:us-east-1:123456789012:event-bus/own";
const ruleArn = "arn:aws:events:us-east-1:123456789012:rule/own/made";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:tell";
const queueArn = "arn:aws:sqs:us-east-1:123456789012:told";
const entry: PutEventsRequestEntry = {
  EventBusName: "own",
  Source: "example",
  DetailType: "Made",
  Detail: '{"size":3}',
};

describe("buses", () => {
  let events: Events;
  let server: Server;
  let client: EventBridgeClient;
  let told: { to: string; payload: string; from: string | undefined }[];
  let asked: AuthorizationRequest[];
  let refused: Set<string>;
  let notes: string[];
  let faults: Faults;

  beforeEach(async () => {
    told = [];
    asked = [];
    refused = new Set();
    notes = [];
    faults = new Faults({ seed: 1 });
    const tell = (to: string, payload: string, from?: string) => {
      if (to.endsWith("missing")) {
        throw new AwsError("AccessDeniedException", "not allowed");
      }
      told.push({ to, payload, from });
    };
    const common = {
      account,
      dataDir: "",
      notify: (line: string) => notes.push(line),
      clock: () => new Date("2026-01-31T12:00:00.500Z"),
    };
    events = new Events({
      ...common,
      invoker: {
        invoke: async ({ functionName, payload, sourceArn }) => {
          await Promise.resolve();
          tell(functionName, payload, sourceArn);
          return { statusCode: 202, payload: "" };
        },
      },
      queues: {
        send: ({ queueArn: to, body, sourceArn }) => {
          tell(to, body, sourceArn);
        },
      },
    });
    events.buses.create({ name: "own", description: "Ours" });
    const api = eventsApi(
      {
        ...common,
        faults,
        authenticator: {
          authenticate: () => ({ kind: "root", arn: "arn:aws:iam::123456789012:root" }),
        },
        authorizer: {
          authorize: (request) => {
            asked.push(request);
            const allowed = !refused.has(request.resource);
            return { allowed, reason: allowed ? "allow" : "implicit-deny", explanation: "no" };
          },
        },
      },
      events,
    );
    server = createServer(api);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = new EventBridgeClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const putRule = (eventPattern: object = { source: ["example"] }, enabled = true) => {
    const pattern = JSON.stringify(eventPattern);
    events.putRule({ name: "made", bus: "own", eventPattern: pattern, enabled });
  };
  const putTarget = (arn = functionArn, more: object = {}) => {
    events.putTarget("made", { id: arn.split(":").at(-1) ?? "", arn, ...more }, "own");
  };
  const put = (...Entries: PutEventsRequestEntry[]) =>
    client.send(new PutEventsCommand({ Entries }));

  it("send events to the targets of rules that match, with what EventBridge adds", async () => {
    putRule({ source: ["example"], detail: { size: [{ numeric: [">", 2] }] } });
    putTarget();
    putTarget(queueArn);
    const { Entries, FailedEntryCount } = await put(entry);
    assert.equal(FailedEntryCount, 0);
    const EventId = Entries?.[0]?.EventId ?? assert.fail();
    assert.deepEqual(told.map(({ to, from }) => [to, from]).sort(), [
      [functionArn, ruleArn],
      [queueArn, ruleArn],
    ]);
    for (const { payload } of told) {
      assert.deepEqual(JSON.parse(payload), {
        version: "0",
        id: EventId,
        "detail-type": "Made",
        source: "example",
        account: "123456789012",
        time: "2026-01-31T12:00:00Z",
        region: "us-east-1",
        resources: [],
        detail: { size: 3 },
      });
    }
  });

  it("take from services, on the account's own bus, what nobody else may put on it", async () => {
    const eventPattern = JSON.stringify({ source: ["aws.guardduty"], detail: { size: [3] } });
    events.putRule({ name: "scanned", eventPattern, enabled: true });
    events.putTarget("scanned", { id: "seer", arn: functionArn });
    const said = {
      source: "aws.guardduty",
      detailType: "Scanned",
      resources: ["arn:plan"],
    } as const;
    await events.emit({ ...said, detail: { size: 2 } });
    await events.emit({ ...said, source: "aws.s3", detail: { size: 3 } });
    await events.emit({ ...said, detail: { size: 3 } });
    const [event, ...others] = told.map(
      ({ payload }) => JSON.parse(payload) as Record<string, unknown>,
    );
    assert.deepEqual(others, []);
    assert.match(String(event?.id), /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      { ...event, id: "" },
      {
        version: "0",
        id: "",
        "detail-type": "Scanned",
        source: "aws.guardduty",
        account: "123456789012",
        time: "2026-01-31T12:00:00Z",
        region: "us-east-1",
        resources: ["arn:plan"],
        detail: { size: 3 },
      },
    );
  });

  it("keep time and resources that are given, and know a bus by its ARN", async () => {
    putRule();
    putTarget();
    await put({
      ...entry,
      EventBusName: busArn,
      Time: new Date("2026-01-01T00:00:00Z"),
      Resources: ["arn:one"],
    });
    const event = JSON.parse(told[0]?.payload ?? "") as Record<string, unknown>;
    assert.deepEqual([event.time, event.resources], ["2026-01-01T00:00:00Z", ["arn:one"]]);
  });

  it("send nothing that no rule matches, by disabled rules, or by those of other buses", async () => {
    putRule({ source: ["other"] });
    putTarget();
    await put(entry);
    putRule({ source: ["example"] }, false);
    await put(entry);
    events.putRule({ name: "all", eventPattern: '{"source":["example"]}', enabled: true });
    events.putTarget("all", { id: "1", arn: functionArn });
    await put(entry);
    assert.deepEqual(told, []);
    await put({ ...entry, EventBusName: undefined });
    assert.equal(told.length, 1);
  });

  const deep = "[".repeat(30_000) + "]".repeat(30_000);
  const failing: readonly (readonly [string, Partial<PutEventsRequestEntry>, string])[] = [
    ["without a source", { Source: undefined }, "InvalidArgument"],
    ["without a detail type", { DetailType: "" }, "InvalidArgument"],
    ["without a detail", { Detail: undefined }, "InvalidArgument"],
    ["with a long source", { Source: "s".repeat(257) }, "InvalidArgument"],
    ["with a long detail type", { DetailType: "d".repeat(129) }, "InvalidArgument"],
    ["from AWS's sources", { Source: "aws.s3" }, "NotAuthorizedForSourceException"],
    ["with a detail that is no JSON", { Detail: "{" }, "MalformedDetail"],
    ["with a detail that is no object", { Detail: "[]" }, "MalformedDetail"],
    ["with a detail that nests deeply", { Detail: `{"x":${deep}}` }, "MalformedDetail"],
  ];
  for (const [what, members, code] of failing) {
    it(`refuse an event ${what}, and take the others of its request`, async () => {
      putRule();
      putTarget();
      const { Entries = [], FailedEntryCount } = await put(entry, { ...entry, ...members }, entry);
      assert.equal(FailedEntryCount, 1);
      assert.deepEqual(
        Entries.map(({ ErrorCode }) => ErrorCode),
        [undefined, code, undefined],
      );
      assert.equal(typeof Entries[1]?.ErrorMessage, "string");
      assert.equal(told.length, 2);
    });
  }

  it("lose what is for a bus that there is not, and tell that to the console alone", async () => {
    const none = { ...entry, EventBusName: "none" };
    const { Entries = [], FailedEntryCount } = await put(none, entry);
    assert.equal(FailedEntryCount, 0);
    assert.deepEqual(
      Entries.map(({ EventId = "" }) => EventId.length),
      [36, 36],
    );
    assert.equal(
      notes.filter((line) => line.includes("is lost: there is no event bus none")).length,
      1,
    );
    assert.deepEqual(
      asked.map(({ resource }) => resource),
      [busArn.replace(/[^/]+$/, "none"), busArn],
    );
    refused.add(busArn.replace(/[^/]+$/, "none"));
    await assert.rejects(put(none), { name: "AccessDeniedException" });
  });

  it("refuse a request with no event, with eleven, and with more than 1 MB", async () => {
    const refusal = { name: "ValidationException" };
    await assert.rejects(put(), refusal);
    await assert.rejects(put(...Array.from({ length: 11 }, () => entry)), refusal);
    const Detail = JSON.stringify({ text: "x".repeat(600_000) });
    await assert.rejects(put({ ...entry, Detail }, { ...entry, Detail }), {
      ...refusal,
      message: "Total size of the entries in the request is over the limit.",
    });
    assert.equal((await put({ ...entry, Detail })).FailedEntryCount, 0);
  });

  it("let those alone put events on them who may", async () => {
    refused.add(busArn);
    await assert.rejects(put(entry), { name: "AccessDeniedException" });
    assert.deepEqual(
      asked.map(({ action, resource }) => [action, resource]),
      [["events:PutEvents", busArn]],
    );
  });

  it("tell what a target does not take, and keep it where that is asked for", async () => {
    putRule();
    putTarget(`${functionArn}-missing`, { deadLetterArn: queueArn });
    putTarget(`${queueArn}-missing`, { deadLetterArn: `${queueArn}-missing` });
    assert.equal((await put(entry)).FailedEntryCount, 0);
    assert.deepEqual(
      told.map(({ to, from }) => [to, from]),
      [[queueArn, ruleArn]],
    );
    assert.equal(notes.filter((line) => line.includes("could not invoke")).length, 2);
    assert.equal(notes.filter((line) => line.includes("is lost")).length, 1);
  });

  it("fail as a whole and event by event, where faults say so", async () => {
    putRule();
    putTarget();
    faults.set([{ service: "events", operation: "PutEvents", kind: "error", probability: 1 }]);
    await assert.rejects(put(entry), { name: "InternalException" });
    const operation = "PutEventsEntry";
    faults.set([{ service: "events", operation, kind: "error", probability: 0.5 }]);
    const { Entries = [], FailedEntryCount = 0 } = await put(
      ...Array.from({ length: 10 }, () => entry),
    );
    const failures = Entries.filter(({ ErrorCode }) => ErrorCode === "InternalFailure").length;
    assert.equal(FailedEntryCount, failures);
    assert.ok(failures > 0 && failures < 10);
    assert.equal(told.length, 10 - failures);
  });

  it("are shown, with their rules", async () => {
    putRule();
    const { EventBuses } = await client.send(new ListEventBusesCommand({}));
    assert.deepEqual(
      EventBuses?.map(({ Name, Arn }) => [Name, Arn]),
      [
        ["default", busArn.replace("/own", "/default")],
        ["own", busArn],
      ],
    );
    const bus = await client.send(new DescribeEventBusCommand({ Name: "own" }));
    assert.deepEqual([bus.Arn, bus.Description], [busArn, "Ours"]);
    const { Rules } = await client.send(new ListRulesCommand({ EventBusName: "own" }));
    assert.deepEqual(
      Rules?.map(({ Name }) => Name),
      ["made"],
    );
    const rule = await client.send(new DescribeRuleCommand({ Name: "made", EventBusName: "own" }));
    assert.deepEqual(
      [rule.Arn, rule.EventPattern, rule.EventBusName, rule.State],
      [ruleArn, '{"source":["example"]}', "own", "ENABLED"],
    );
    await assert.rejects(client.send(new DescribeRuleCommand({ Name: "made" })), {
      name: "ResourceNotFoundException",
    });
  });

  it("try patterns", async () => {
    const event = {
      id: "1",
      account: "123456789012",
      source: "example",
      time: "2026-01-01T00:00:00Z",
      region: "eu-west-1",
      resources: [],
      "detail-type": "test",
    };
    const tried = async (EventPattern: string, Event = JSON.stringify(event)) =>
      (await client.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;
    assert.equal(await tried('{"source":["example"]}'), true);
    assert.equal(await tried('{"source":["other"]}'), false);
    const without = JSON.stringify({ ...event, resources: undefined });
    assert.equal(await tried('{"source":["example"]}', without), true);
    const nested = JSON.stringify({ ...event, detail: { "a.b": { c: 1 } } });
    assert.equal(await tried('{"detail":{"a":{"b.c":[1]}}}', nested), true);
    await assert.rejects(tried('{"source":[{"numeric":[">",0,">",0]}]}'), {
      name: "InvalidEventPatternException",
      message: "Event pattern is not valid. Reason: Bad numeric range operator: >",
    });
    for (const wrong of [
      "no JSON",
      "null",
      "{}",
      JSON.stringify({ ...event, time: undefined }),
      `{"x":${deep},${JSON.stringify(event).slice(1)}`,
    ]) {
      await assert.rejects(tried('{"source":["example"]}', wrong), {
        name: "ValidationException",
        message: "Parameter Event is not valid.",
      });
    }
  });

  it("refuse rules and buses that EventBridge refuses", () => {
    const code = (expected: string) => (error: unknown) =>
      error instanceof AwsError && error.code === expected;
    assert.throws(() => {
      events.putRule({ name: "none", bus: "own", enabled: true });
    }, code("ValidationException"));
    assert.throws(() => {
      events.putRule({
        name: "timed",
        bus: "own",
        scheduleExpression: "rate(1 hour)",
        enabled: true,
      });
    }, code("ValidationException"));
    assert.throws(() => {
      putRule({ source: "example" });
    }, code("InvalidEventPatternException"));
    assert.throws(() => {
      putRule({ source: ["x".repeat(4096)] });
    }, code("ValidationException"));
    assert.throws(() => {
      events.putRule({ name: "a", bus: "none", eventPattern: '{"source":["a"]}', enabled: true });
    }, code("ResourceNotFoundException"));
    assert.throws(() => {
      events.buses.create({ name: "own" });
    }, code("ResourceAlreadyExistsException"));
    assert.throws(() => {
      events.buses.create({ name: "a b" });
    }, code("ValidationException"));
    putRule();
    for (const name of ["own", "default"]) {
      assert.throws(() => {
        events.buses.delete(name);
      }, code("ValidationException"));
    }
    events.deleteRule("made", "own");
    events.buses.delete("own");
    assert.equal(events.buses.all().length, 1);
  });
});
