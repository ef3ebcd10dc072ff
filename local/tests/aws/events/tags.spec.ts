import assert from "node:assert/strict";
import {
  DisableRuleCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { eventsApi } from "../../../aws/events/api";
import { Events } from "../../../aws/events/events";
import { eventsResources } from "../../../provider/events";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { ApiLab } from "../api/api-lab";

const eventPattern = '{"source":["images"]}';
const tags = { Environment: "Production", Team: "a & b" };
const shown = [
  { Key: "Environment", Value: "Production" },
  { Key: "Team", Value: "a & b" },
];

describe("tags of EventBridge", () => {
  let lab: ApiLab;
  let events: Events;

  beforeEach(async () => {
    lab = await ApiLab.start((access) => {
      events = new Events({
        ...access,
        dataDir: "",
        clock: () => new Date(),
        invoker: { invoke: () => assert.fail("nothing to invoke") },
        queues: { send: () => assert.fail("nothing to send") },
      });
      return eventsApi(access, events);
    });
  });

  afterEach(async () => {
    await lab.stop();
  });

  const create = async (kind: string, inputs: object) => {
    const type = `aws:cloudwatch/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
    const request = plannedRequest(type, { ...inputs });
    const { outputs } = await createPlanned(eventsResources(events, lab.account), request);
    return String(outputs.arn);
  };
  const tagsOf = async (ResourceARN: string, client = lab.client(EventBridgeClient)) =>
    (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;

  it("are those that buses and rules were declared with", async () => {
    const bus = await create("EventBus", { name: "own", tags });
    assert.deepEqual(await tagsOf(bus), shown);
    assert.deepEqual(
      await tagsOf(await create("EventRule", { name: "a", eventPattern, tags })),
      shown,
    );
    const onBus = { name: "b", eventBusName: "own", eventPattern, tags: { Name: "b" } };
    assert.deepEqual(await tagsOf(await create("EventRule", onBus)), [{ Key: "Name", Value: "b" }]);
    assert.deepEqual(await tagsOf(bus.replace("/own", "/default")), []);
  });

  it("stay when a rule is changed over the API", async () => {
    const arn = await create("EventRule", { name: "a", eventPattern, tags });
    const client = lab.client(EventBridgeClient);
    await client.send(new PutRuleCommand({ Name: "a", EventPattern: '{"source":["other"]}' }));
    await client.send(new DisableRuleCommand({ Name: "a" }));
    assert.deepEqual(await tagsOf(arn), shown);
  });

  it("are refused of what there is not, or by another ARN", async () => {
    const arn = await create("EventRule", { name: "a", eventPattern, tags });
    const missing = { name: "ResourceNotFoundException" };
    await assert.rejects(tagsOf(`${arn}b`), missing);
    await assert.rejects(tagsOf(arn.replace("/a", "/own/a")), missing);
    await assert.rejects(tagsOf(arn.replace("eu-west-1", "us-east-1")), missing);
    await assert.rejects(tagsOf(arn.replace("rule/a", "event-bus/own")), missing);
    await assert.rejects(tagsOf("arn:aws:s3:::images"), { name: "ValidationException" });
  });

  it("are shown to those alone who may see them", async () => {
    const arn = await create("EventRule", { name: "a", eventPattern, tags });
    const credentials = lab.roleThatMay(["events:ListTagsForResource"], [arn]);
    const client = lab.client(EventBridgeClient, { credentials });
    assert.deepEqual(await tagsOf(arn, client), shown);
    await assert.rejects(tagsOf(`${arn}b`, client), { name: "AccessDeniedException" });
  });
});
