import assert from "node:assert/strict";
import { mock } from "node:test";
import { Events } from "../../../aws/events/events";
import type { TargetDefinition } from "../../../aws/events/rule";
import type { InvokeRequest } from "../../../aws/types";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:sweeper";
const minute = 60_000;
const hour = 60 * minute;

describe("EventBridge", () => {
  let events: Events;
  let requests: InvokeRequest[];
  let notes: string[];

  beforeEach(async () => {
    requests = [];
    notes = [];
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.UTC(2026, 0, 31, 23, 0, 0, 500) });
    events = new Events({
      account,
      dataDir: "",
      notify: (line) => notes.push(line),
      clock: () => new Date(),
      invoker: {
        invoke: (request) => {
          requests.push(request);
          return request.functionName.endsWith("missing")
            ? Promise.reject(new Error("Function not found"))
            : Promise.resolve({ statusCode: 202, payload: "" });
        },
      },
      queues: { send: ({ queueArn }) => assert.fail(queueArn) },
    });
    await events.start();
  });
  afterEach(async () => {
    await events.stop();
    mock.timers.reset();
  });

  const putRule = (scheduleExpression: string, enabled = true) => {
    events.putRule({ name: "sweep", scheduleExpression, enabled });
  };
  const putTarget = (more: Partial<TargetDefinition> = {}) => {
    events.putTarget("sweep", { id: "function", arn: functionArn, ...more });
  };

  it("invokes a function with the event of a schedule", () => {
    const arn = "arn:aws:events:us-east-1:123456789012:rule/sweep";
    putRule("rate(1 hour)");
    putTarget();
    mock.timers.tick(hour - 1);
    assert.equal(requests.length, 0);
    mock.timers.tick(1);
    const [request] = requests;
    assert.ok(request);
    const { payload, ...rest } = request;
    assert.deepEqual(rest, {
      functionName: functionArn,
      invocationType: "Event",
      principal: { kind: "service", service: "events.amazonaws.com" },
      sourceArn: arn,
    });
    const event = JSON.parse(payload) as { id: string };
    assert.match(event.id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(event, {
      version: "0",
      id: event.id,
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: "123456789012",
      time: "2026-02-01T00:00:00Z",
      region: "us-east-1",
      resources: [arn],
      detail: {},
    });
  });

  it("fires at every interval, until it is stopped", async () => {
    putRule("rate(5 minutes)");
    putTarget();
    for (let passed = 0; passed < 12; passed++) {
      mock.timers.tick(minute);
    }
    assert.equal(requests.length, 2);
    await events.stop();
    mock.timers.tick(hour);
    assert.equal(requests.length, 2);
  });

  it("waits for longer than a timer can", () => {
    putRule("rate(30 days)");
    putTarget();
    for (let passed = 0; passed < 30 * 24; passed++) {
      assert.equal(requests.length, 0);
      mock.timers.tick(hour);
    }
    assert.equal(requests.length, 1);
  });

  it("sends one event after a sleep of many intervals", async () => {
    putRule("rate(1 minute)");
    putTarget();
    mock.timers.setTime(Date.now() + 10.5 * minute);
    await events.fire();
    assert.equal(requests.length, 1);
    mock.timers.tick(minute / 2);
    assert.equal(requests.length, 2);
  });

  it("gives a target the input that it asks for", () => {
    putRule("rate(1 minute)");
    putTarget({ input: '{"a":1}' });
    putTarget({ id: "other", arn: `${functionArn}-2` });
    mock.timers.tick(minute);
    assert.equal(requests.length, 2);
    assert.equal(requests[0]?.payload, '{"a":1}');
  });

  it("keeps the targets of a rule that is replaced, and is silent when it is disabled", () => {
    putRule("rate(1 minute)");
    putTarget();
    putRule("rate(2 minutes)", false);
    mock.timers.tick(hour);
    assert.equal(requests.length, 0);
    putRule("rate(2 minutes)");
    mock.timers.tick(2 * minute);
    assert.equal(requests.length, 1);
  });

  it("tells of a function that it could not invoke", async () => {
    putRule("rate(1 minute)");
    putTarget({ arn: `${functionArn}-missing` });
    mock.timers.setTime(Date.now() + minute);
    await events.fire();
    assert.match(notes.at(-1) ?? "", /rule sweep could not invoke .*missing: Function not found/);
  });

  it("refuses schedules that EventBridge refuses", () => {
    for (const expression of [
      "rate(1 hours)",
      "rate(2 hour)",
      "rate(0 minutes)",
      "rate(1.5 hours)",
      "rate(5 seconds)",
      "rate(1  hour)",
      "every hour",
      "",
    ]) {
      assert.throws(
        () => {
          putRule(expression);
        },
        { code: "ValidationException" },
        expression,
      );
    }
    assert.throws(() => {
      putRule("cron(0 12 * * ? *)");
    }, /does not emulate cron\(0 12/);
  });

  it("refuses targets of no rule, more than five, and input that is no JSON", () => {
    assert.throws(putTarget, { code: "ResourceNotFoundException" });
    putRule("rate(1 hour)");
    for (const id of ["1", "2", "3", "4", "5", "5"]) {
      putTarget({ id });
    }
    assert.throws(
      () => {
        putTarget({ id: "6" });
      },
      { code: "LimitExceededException" },
    );
    assert.throws(
      () => {
        putTarget({ id: "5", input: "{" });
      },
      { code: "ValidationException" },
    );
    assert.throws(
      () => {
        putTarget({ id: "a b" });
      },
      { code: "ValidationException" },
    );
  });
});
