import assert from "node:assert/strict";
import { Events } from "../../aws/events/events";
import { eventsResources } from "../../provider/events";
import type { Properties } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const arn = "arn:aws:events:us-east-1:123456789012:rule/sweep-0a1b2c3";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:sweeper";

describe("the EventBridge resources", () => {
  let invoked: string[];
  let now: number;
  let events: Events;

  beforeEach(() => {
    invoked = [];
    now = 0;
    events = new Events({
      account,
      dataDir: "",
      notify: () => undefined,
      clock: () => new Date(now),
      invoker: {
        invoke: ({ functionName, payload }) => {
          invoked.push(`${functionName} ${payload}`);
          return Promise.resolve({ statusCode: 202, payload: "" });
        },
      },
      queues: {
        send: ({ queueArn, body }) => {
          invoked.push(`${queueArn} ${body}`);
        },
      },
    });
  });

  type Type = "EventBus" | "EventBusPolicy" | "EventRule" | "EventTarget";

  const create = async (type: Type, inputs: Properties) => {
    const token = `aws:cloudwatch/${type.replace("E", "e")}:${type}`;
    return createPlanned(eventsResources(events, account), {
      type: token,
      name: "sweep",
      urn: `urn:pulumi:test::test::${token}::sweep`,
      inputs,
      projectDir: __dirname,
      physicalName: () => "sweep-0a1b2c3",
      stableId: (_purpose, length) => "0".repeat(length),
    });
  };
  const rejects = (type: Type, inputs: Properties, message: RegExp) =>
    assert.rejects(async () => create(type, inputs), message);

  it("make a schedule with the outputs that AWS gives", async () => {
    const inputs = { scheduleExpression: "rate(1 hour)", tags: { Environment: "Production" } };
    const { id, outputs } = await create("EventRule", inputs);
    assert.equal(id, "sweep-0a1b2c3");
    assert.deepEqual(outputs, {
      ...inputs,
      name: id,
      arn,
      eventBusName: "default",
      forceDestroy: false,
      region: "us-east-1",
      state: "ENABLED",
      tagsAll: inputs.tags,
    });
  });

  it("make a target that is invoked on schedule", async () => {
    const rule = (await create("EventRule", { scheduleExpression: "rate(1 hour)" })).id;
    const target = await create("EventTarget", { rule, arn: functionArn, input: "{}" });
    assert.equal(target.id, `${rule}-terraform-${"0".repeat(26)}`);
    now += 60 * 60 * 1000;
    await events.fire();
    assert.deepEqual(invoked, [`${functionArn} {}`]);
  });

  it("leave a disabled rule alone", async () => {
    const schedule = { scheduleExpression: "rate(1 hour)", state: "DISABLED" };
    const rule = (await create("EventRule", schedule)).id;
    await create("EventTarget", { rule, arn: functionArn });
    now += 60 * 60 * 1000;
    await events.fire();
    assert.deepEqual(invoked, []);
  });

  it("make a bus, a rule on it and its targets, with the outputs that AWS gives", async () => {
    const bus = await create("EventBus", { description: "Ours", tags: { Environment: "Test" } });
    assert.equal(bus.id, "sweep-0a1b2c3");
    assert.deepEqual(bus.outputs, {
      description: "Ours",
      tags: { Environment: "Test" },
      name: bus.id,
      arn: `arn:aws:events:us-east-1:123456789012:event-bus/${bus.id}`,
      region: "us-east-1",
      tagsAll: { Environment: "Test" },
    });
    const eventPattern = JSON.stringify({ source: ["example"] });
    const rule = await create("EventRule", { eventBusName: bus.id, eventPattern });
    assert.equal(rule.id, `${bus.id}/sweep-0a1b2c3`);
    assert.equal(
      rule.outputs.arn,
      `arn:aws:events:us-east-1:123456789012:rule/${bus.id}/sweep-0a1b2c3`,
    );
    const queue = "arn:aws:sqs:us-east-1:123456789012:queue";
    const target = await create("EventTarget", {
      rule: rule.outputs.name,
      eventBusName: bus.id,
      arn: queue,
      targetId: "queue",
    });
    assert.equal(target.id, `${bus.id}-sweep-0a1b2c3-queue`);
    const [result] = await events.putEvents([
      { Source: "example", DetailType: "Made", Detail: "{}", EventBusName: bus.id },
    ]);
    assert.ok(result && "EventId" in result);
    assert.equal(invoked.length, 1);
    assert.match(invoked[0] ?? "", /^arn:aws:sqs:.* \{"version":"0"/);
  });

  it("give a bus a policy", async () => {
    const { id: eventBusName } = await create("EventBus", {});
    const statement = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
      Action: "events:PutEvents",
      Resource: `arn:aws:events:us-east-1:123456789012:event-bus/${eventBusName}`,
    };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const { id } = await create("EventBusPolicy", { eventBusName, policy });
    assert.equal(id, eventBusName);
    assert.equal(JSON.stringify(events.buses.bus(eventBusName).policy), policy);
  });

  it("refuse what is not emulated", async () => {
    const scheduleExpression = "rate(1 hour)";
    const { id: rule } = await create("EventRule", { scheduleExpression });
    await rejects("EventRule", { eventPattern: "{}" }, /Event pattern is not valid/);
    await rejects("EventBus", { kmsKeyIdentifier: "key" }, /kmsKeyIdentifier/);
    const topic = "arn:aws:sns:us-east-1:123456789012:topic";
    await rejects(
      "EventTarget",
      { rule, arn: topic },
      /does not emulate targets other than functions and queues, such as arn:aws:sns/,
    );
    await rejects("EventTarget", { rule, arn: functionArn, inputPath: "$" }, /inputPath/);
  });
});
