import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { eventsApi } from "../../../aws/events/api";
import { Events } from "../../../aws/events/events";
import type { AuthorizationRequest } from "../../../aws/iam/types";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const ruleArn = "arn:aws:events:us-east-1:123456789012:rule/own/made";
const queueArn = "arn:aws:sqs:us-east-1:123456789012:told";
const rule = { Name: "made", EventBusName: "own" };
const target = { Id: "queue", Arn: queueArn };
const EventPattern = '{"source":["example"]}';

describe("rules over the API", () => {
  let dataDir: string;
  let events: Events;
  let server: Server;
  let client: EventBridgeClient;
  let told: string[];
  let notices: string[];
  let asked: AuthorizationRequest[];
  let allowed: boolean;

  /** As a program makes it at each start. */
  function startEvents(): Events {
    const started = new Events({
      account,
      dataDir,
      notify: (line) => notices.push(line),
      clock: () => new Date(),
      invoker: { invoke: () => Promise.reject(new Error("There is no function.")) },
      queues: { send: ({ body }) => told.push(body) },
    });
    started.buses.create({ name: "own" });
    return started;
  }

  async function serve(): Promise<void> {
    const access = {
      account,
      notify: () => undefined,
      authenticator: {
        authenticate: () => ({ kind: "root", arn: "arn:aws:iam::123456789012:root" }) as const,
      },
      authorizer: {
        authorize: (request: AuthorizationRequest) => {
          asked.push(request);
          return { allowed, reason: allowed ? "allow" : "implicit-deny", explanation: "" } as const;
        },
      },
    };
    server = createServer(eventsApi(access, events));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = new EventBridgeClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
  }

  async function close(): Promise<void> {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Ends it, however, and starts it on the same data. */
  async function restart(): Promise<void> {
    await close();
    events = startEvents();
    await serve();
  }

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "events-"));
    told = [];
    notices = [];
    asked = [];
    allowed = true;
    events = startEvents();
    await serve();
  });
  afterEach(async () => {
    await close();
    await rm(dataDir, { recursive: true });
  });

  const putRule = (more: Partial<PutRuleCommandInput> = {}) =>
    client.send(new PutRuleCommand({ ...rule, EventPattern, ...more }));
  const putTarget = (more: object = {}) =>
    client.send(
      new PutTargetsCommand({
        Rule: "made",
        EventBusName: "own",
        Targets: [{ ...target, ...more }],
      }),
    );
  const publish = async () => {
    const Entries = [{ EventBusName: "own", Source: "example", DetailType: "D", Detail: "{}" }];
    await client.send(new PutEventsCommand({ Entries }));
    return told.splice(0).length;
  };

  it("send what they match to their targets until they are removed", async () => {
    assert.equal((await putRule()).RuleArn, ruleArn);
    const { FailedEntryCount, FailedEntries } = await putTarget();
    assert.deepEqual([FailedEntryCount, FailedEntries], [0, []]);
    assert.equal(await publish(), 1);
    await assert.rejects(client.send(new DeleteRuleCommand(rule)), {
      name: "ValidationException",
      message: "Rule can't be deleted since it has targets.",
    });
    const ids = { Rule: "made", EventBusName: "own", Ids: ["queue", "none"] };
    await client.send(new RemoveTargetsCommand(ids));
    assert.equal(await publish(), 0);
    await client.send(new DeleteRuleCommand(rule));
    await client.send(new DeleteRuleCommand(rule));
    const missing = { name: "ResourceNotFoundException" };
    await assert.rejects(client.send(new DescribeRuleCommand(rule)), missing);
    await assert.rejects(client.send(new RemoveTargetsCommand(ids)), missing);
    await assert.rejects(putTarget(), missing);
  });

  it("are disabled and enabled, and changed with their targets left", async () => {
    await putRule({ Description: "Ours" });
    await putTarget();
    await client.send(new DisableRuleCommand(rule));
    assert.equal(await publish(), 0);
    const described = await client.send(new DescribeRuleCommand(rule));
    assert.deepEqual([described.State, described.Description], ["DISABLED", "Ours"]);
    await client.send(new EnableRuleCommand(rule));
    assert.equal(await publish(), 1);
    await putRule({ EventPattern: '{"source":["other"]}' });
    assert.equal(await publish(), 0);
  });

  it("are there again at the next start, with their targets and as they were left", async () => {
    await putRule({ EventBusName: "arn:aws:events:us-east-1:123456789012:event-bus/own" });
    await putTarget({ Input: '{"n":1}', DeadLetterConfig: { Arn: `${queueArn}-dead` } });
    await restart();
    const { Targets } = await client.send(
      new ListTargetsByRuleCommand({ Rule: "made", EventBusName: "own" }),
    );
    assert.deepEqual(Targets, [
      { ...target, Input: '{"n":1}', DeadLetterConfig: { Arn: `${queueArn}-dead` } },
    ]);
    assert.equal(await publish(), 1);
    await client.send(new DisableRuleCommand(rule));
    await restart();
    assert.equal(await publish(), 0);
    await client.send(
      new RemoveTargetsCommand({ Rule: "made", EventBusName: "own", Ids: ["queue"] }),
    );
    await client.send(new DeleteRuleCommand(rule));
    await restart();
    await assert.rejects(client.send(new DescribeRuleCommand(rule)), {
      name: "ResourceNotFoundException",
    });
  });

  it("that are refused by now are told of at the next start, and left out", async () => {
    await putRule();
    const folder = join(dataDir, "rules");
    const [file = ""] = await readdir(folder);
    const kept = await readFile(join(folder, file), "utf8");
    await writeFile(
      join(folder, file),
      kept.replace(/"eventPattern":"[^}]*}"/, '"eventPattern":"{}"'),
    );
    await restart();
    assert.deepEqual(notices, [
      "Rule made on bus own is left out: Event pattern is not valid. Reason: Empty objects are not allowed",
    ]);
    await assert.rejects(client.send(new DescribeRuleCommand(rule)), {
      name: "ResourceNotFoundException",
    });
    assert.deepEqual(await readdir(folder), [file]);
  });

  it("that a program makes are left to it at the next start, whatever was changed of them", async () => {
    events.putRule({ name: "made", bus: "own", eventPattern: EventPattern, enabled: true });
    await client.send(new DisableRuleCommand(rule));
    await putTarget();
    await restart();
    await assert.rejects(client.send(new DescribeRuleCommand(rule)), {
      name: "ResourceNotFoundException",
    });
  });

  it("are made and changed by those alone who may", async () => {
    await putRule();
    allowed = false;
    const refused = { name: "AccessDeniedException" };
    await assert.rejects(putRule(), refused);
    await assert.rejects(putTarget(), refused);
    await assert.rejects(client.send(new DeleteRuleCommand(rule)), refused);
    assert.deepEqual(
      asked.map(({ action, resource }) => [action, resource]),
      ["PutRule", "PutRule", "PutTargets", "DeleteRule"].map((name) => [`events:${name}`, ruleArn]),
    );
  });

  it("are refused as EventBridge does, and where something of them would be left out", async () => {
    await assert.rejects(putRule({ EventBusName: "none" }), { name: "ResourceNotFoundException" });
    await assert.rejects(putRule({ EventPattern: "{" }), { name: "InvalidEventPatternException" });
    await assert.rejects(putRule({ ScheduleExpression: "rate(1 hour)" }), {
      name: "ValidationException",
    });
    const notEmulated = { name: "NotImplemented" };
    await assert.rejects(putRule({ RoleArn: "arn:aws:iam::123456789012:role/r" }), notEmulated);
    await assert.rejects(client.send(new DescribeRuleCommand(rule)), {
      name: "ResourceNotFoundException",
    });
    await putRule();
    await assert.rejects(putTarget({ InputPath: "$.detail" }), notEmulated);
    await assert.rejects(putTarget({ Arn: "arn:aws:sns:us-east-1:123456789012:t" }), notEmulated);
    await assert.rejects(putTarget({ Arn: "no-arn" }), {
      name: "ValidationException",
      message: "Parameter no-arn is not valid. Reason: Provided Arn is not in correct format.",
    });
    assert.equal(await publish(), 0);
  });
});
