import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import type { Credentials } from "../../../aws/iam/types";
import { startCloud, type RunningCloud } from "../../../cloud";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const tableArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/notes";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:greet";

type Made<Client> = new (config: object) => Client;

/** What a program declares and services show, at the one address of all services. */
describe("the one endpoint, of what a program declares", () => {
  let dataDir: string;
  let cloud: RunningCloud;
  const clients: { destroy(): void }[] = [];

  function clientOf<Client extends { destroy(): void }>(
    make: Made<Client>,
    credentials: Credentials = cloud.iam.administrator,
  ): Client {
    const endpoint = cloud.services.endpoint.url;
    const client = new make({ endpoint, region: account.region, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  }

  /** A role that may do nothing. */
  function nobody(): Credentials {
    const service = "lambda.amazonaws.com";
    const roleArn = "arn:aws:iam::123456789012:role/nobody";
    return cloud.iam.assumeRole({ roleArn, sessionName: "me", service });
  }

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "declared-"));
    cloud = await startCloud({ port: 0, dataDir, account, notify: () => undefined });
    const Principal = { Service: "lambda.amazonaws.com" };
    const Statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
    cloud.iam.createRole({ name: "nobody", assumeRolePolicy: JSON.stringify({ Statement }) });
    const { dynamodb, events } = cloud.services;
    const table = {
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
      BillingMode: "PAY_PER_REQUEST" as const,
    };
    await dynamodb.createTable({ ...table, TableName: "plain" });
    await dynamodb.createTable({
      ...table,
      TableName: "notes",
      TimeToLiveAttribute: "expiresAt",
      PointInTimeRecoveryEnabled: true,
      Tags: [{ Key: "Team", Value: "one" }],
    });
    const description = "Every hour";
    events.putRule({ name: "b", scheduleExpression: "rate(1 hour)", enabled: true, description });
    events.putRule({ name: "a", scheduleExpression: "rate(2 days)", enabled: false });
    events.putTarget("b", { id: "one", functionArn, input: "{}" });
  });

  after(async () => {
    for (const client of clients) {
      client.destroy();
    }
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  it("shows what DescribeTable leaves out of a table", async () => {
    const dynamodb = clientOf(DynamoDBClient);
    const ttlOf = async (TableName: string) =>
      (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
    assert.deepEqual(await ttlOf("notes"), {
      TimeToLiveStatus: "ENABLED",
      AttributeName: "expiresAt",
    });
    assert.deepEqual(await ttlOf("plain"), { TimeToLiveStatus: "DISABLED" });
    const backupsOf = async (TableName: string) =>
      (await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })))
        .ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    assert.deepEqual([await backupsOf("notes"), await backupsOf("plain")], ["ENABLED", "DISABLED"]);
    const tagsOf = async (ResourceArn: string) =>
      (await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;
    assert.deepEqual(await tagsOf(tableArn), [{ Key: "Team", Value: "one" }]);
    assert.deepEqual(await tagsOf(tableArn.replace("notes", "plain")), []);
  });

  it("refuses tables that there are not, and roles without the permission", async () => {
    const dynamodb = clientOf(DynamoDBClient);
    const TableName = "none";
    const ResourceArn = `${tableArn}s`;
    await assert.rejects(dynamodb.send(new DescribeTimeToLiveCommand({ TableName })), {
      name: "ResourceNotFoundException",
      message: "Requested resource not found: Table: none not found",
    });
    await assert.rejects(dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })), {
      name: "TableNotFoundException",
    });
    await assert.rejects(dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn })), {
      name: "ResourceNotFoundException",
    });
    await assert.rejects(dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: "notes" })), {
      name: "ValidationException",
    });
    const refused = clientOf(DynamoDBClient, nobody());
    await assert.rejects(
      refused.send(new ListTagsOfResourceCommand({ ResourceArn: tableArn })),
      /not authorized to perform: dynamodb:ListTagsOfResource on resource: \S+table\/notes/,
    );
  });

  it("shows rules by name and page, and their targets", async () => {
    const events = clientOf(EventBridgeClient);
    const first = await events.send(new ListRulesCommand({ Limit: 1 }));
    assert.deepEqual(first.Rules, [
      {
        Name: "a",
        Arn: "arn:aws:events:eu-west-1:123456789012:rule/a",
        ScheduleExpression: "rate(2 days)",
        State: "DISABLED",
        EventBusName: "default",
      },
    ]);
    const { NextToken } = first;
    const second = await events.send(new ListRulesCommand({ Limit: 1, NextToken }));
    assert.deepEqual([second.Rules?.[0]?.Name, second.NextToken], ["b", undefined]);
    const named = await events.send(new ListRulesCommand({ NamePrefix: "b" }));
    assert.equal(named.Rules?.length, 1);
    const rule = await events.send(new DescribeRuleCommand({ Name: "b" }));
    assert.deepEqual(
      [rule.Description, rule.CreatedBy, rule.State],
      ["Every hour", account.accountId, "ENABLED"],
    );
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: "b" }));
    assert.deepEqual(Targets, [{ Id: "one", Arn: functionArn, Input: "{}" }]);
    const byTarget = new ListRuleNamesByTargetCommand({ TargetArn: functionArn });
    assert.deepEqual((await events.send(byTarget)).RuleNames, ["b"]);
  });

  it("refuses rules and buses that there are not, roles without the permission, and changes", async () => {
    const events = clientOf(EventBridgeClient);
    await assert.rejects(events.send(new DescribeRuleCommand({ Name: "none" })), {
      name: "ResourceNotFoundException",
      message: "Rule none does not exist on EventBus default.",
    });
    await assert.rejects(events.send(new ListRulesCommand({ EventBusName: "orders" })), {
      name: "ResourceNotFoundException",
    });
    await assert.rejects(
      clientOf(EventBridgeClient, nobody()).send(new ListRulesCommand()),
      /not authorized to perform: events:ListRules/,
    );
    await assert.rejects(events.send(new PutRuleCommand({ Name: "c" })), {
      name: "NotImplemented",
      message: "The local cloud does not emulate PutRule of EventBridge.",
    });
  });
});
