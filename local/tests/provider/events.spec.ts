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
    });
  });

  const create = async (type: "EventRule" | "EventTarget", inputs: Properties) => {
    const token = `aws:cloudwatch/${type === "EventRule" ? "eventRule" : "eventTarget"}:${type}`;
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
  const rejects = (type: "EventRule" | "EventTarget", inputs: Properties, message: RegExp) =>
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

  it("refuse what is not emulated", async () => {
    const scheduleExpression = "rate(1 hour)";
    const { id: rule } = await create("EventRule", { scheduleExpression });
    await rejects("EventRule", { eventPattern: "{}" }, /sweep: .* does not emulate eventPattern/);
    await rejects("EventRule", { scheduleExpression, eventBusName: "own" }, /eventBusName/);
    await rejects("EventRule", {}, /does not emulate rules without a scheduleExpression/);
    const queue = "arn:aws:sqs:us-east-1:123456789012:queue";
    await rejects(
      "EventTarget",
      { rule, arn: queue },
      /does not emulate targets other than functions, such as arn:aws:sqs/,
    );
    await rejects("EventTarget", { rule, arn: functionArn, inputPath: "$" }, /inputPath/);
  });
});
