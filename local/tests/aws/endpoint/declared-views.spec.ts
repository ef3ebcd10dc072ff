import assert from "node:assert/strict";
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  type GetApiKeysCommandInput,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlansCommand,
} from "@aws-sdk/client-api-gateway";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { Credentials } from "../../../aws/iam/types";
import type { RunningCloud } from "../../../cloud";
import { account, CloudOfClients } from "./support/cloud-of-clients";

const tableArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/notes";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:greet";

/** What a program declares and services show, at the one address of all services. */
describe("the one endpoint, of what a program declares", () => {
  let lab: CloudOfClients;
  let cloud: RunningCloud;

  const clientOf: CloudOfClients["client"] = (make, credentials) => lab.client(make, credentials);

  /** A role that may do nothing. */
  function nobody(): Credentials {
    const service = "lambda.amazonaws.com";
    const roleArn = "arn:aws:iam::123456789012:role/nobody";
    return cloud.iam.assumeRole({ roleArn, sessionName: "me", service });
  }

  before(async () => {
    lab = await CloudOfClients.start();
    ({ cloud } = lab);
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
      Encryption: {},
      Tags: [{ Key: "Team", Value: "one" }],
    });
    await declareApi();
    const description = "Every hour";
    events.putRule({ name: "b", scheduleExpression: "rate(1 hour)", enabled: true, description });
    events.putRule({ name: "a", scheduleExpression: "rate(2 days)", enabled: false });
    events.putTarget("b", { id: "one", arn: functionArn, input: "{}" });
  });

  async function declareApi(): Promise<void> {
    const { apigateway } = cloud.services;
    const integration = { type: "MOCK", responses: { default: { statusCode: "200" } } };
    const operation = {
      responses: { 200: { description: "Ok" } },
      "x-amazon-apigateway-integration": integration,
    };
    const paths = { "/notes/{id}/text": { get: operation, put: operation } };
    const body = JSON.stringify({
      openapi: "3.0.1",
      info: { title: "notes", version: "1" },
      paths,
    });
    await apigateway.createRestApi({ id: "aaaa", name: "notes", body });
    await apigateway.createRestApi({ id: "bbbb", name: "others", body });
    const target = { restApiId: "aaaa", stageName: "v1" };
    apigateway.createDeployment({ id: "dddd", restApiId: "aaaa" });
    apigateway.createStage({ ...target, deploymentId: "dddd", variables: { color: "blue" } });
    const settings = { throttlingRateLimit: 5, throttlingBurstLimit: 2 };
    apigateway.updateMethodSettings({ ...target, methodPath: "*/*", settings: {} });
    apigateway.updateMethodSettings({ ...target, methodPath: "notes/{id}/text/GET", settings });
    apigateway.createApiKey({ id: "kkkk", name: "app", value: "k".repeat(24) });
    const throttles = [{ path: "/notes/GET", rateLimit: 1, burstLimit: 1 }];
    apigateway.createUsagePlan({
      id: "pppp",
      name: "plan",
      apiStages: [{ apiId: "aaaa", stage: "v1", throttles }],
      quotaSettings: { limit: 10, period: "DAY" },
      throttleSettings: { rateLimit: 3, burstLimit: 4 },
    });
    apigateway.createUsagePlanKey({ usagePlanId: "pppp", keyId: "kkkk" });
  }

  after(() => lab.stop());

  it("shows the key that AWS makes for DynamoDB of a table that is encrypted by it", async () => {
    const dynamodb = clientOf(DynamoDBClient);
    const encryptionOf = async (TableName: string) =>
      (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.SSEDescription;
    const { KMSMasterKeyArn: KeyId, ...shown } = (await encryptionOf("notes")) ?? assert.fail();
    assert.deepEqual(shown, { SSEType: "KMS", Status: "ENABLED" });
    assert.equal(await encryptionOf("plain"), undefined);
    const { KeyMetadata } = await clientOf(KMSClient).send(new DescribeKeyCommand({ KeyId }));
    assert.equal(KeyMetadata?.KeyManager, "AWS");
    assert.equal(
      KeyMetadata.Description,
      "Default key that protects my DynamoDB data when no other key is defined",
    );
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
        .ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    const { EarliestRestorableDateTime, LatestRestorableDateTime, ...recovery } =
      (await backupsOf("notes")) ?? assert.fail();
    assert.deepEqual(recovery, { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: 35 });
    assert.ok(EarliestRestorableDateTime && LatestRestorableDateTime);
    assert.ok(EarliestRestorableDateTime <= LatestRestorableDateTime);
    assert.deepEqual(await backupsOf("plain"), { PointInTimeRecoveryStatus: "DISABLED" });
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
    const unnamed = { TableName: undefined };
    for (const command of [
      new DescribeTimeToLiveCommand(unnamed),
      new DescribeContinuousBackupsCommand(unnamed),
      new UpdateTimeToLiveCommand({ ...unnamed, TimeToLiveSpecification: undefined }),
    ]) {
      await assert.rejects(dynamodb.send(command as DescribeTimeToLiveCommand), {
        name: "ValidationException",
        message: /Value null at 'tableName' failed to satisfy constraint: Member must not be null/,
      });
    }
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

  it("refuses rules and buses that there are not, roles without the permission, and new buses", async () => {
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
    await assert.rejects(events.send(new CreateEventBusCommand({ Name: "c" })), {
      name: "NotImplemented",
      message: "The local cloud does not emulate CreateEventBus of EventBridge.",
    });
  });

  it("shows REST APIs by page, with resources and stages", async () => {
    const gateway = clientOf(APIGatewayClient);
    const first = await gateway.send(new GetRestApisCommand({ limit: 1 }));
    const { position } = first;
    const second = await gateway.send(new GetRestApisCommand({ limit: 1, position }));
    const names = [first, second].flatMap(({ items = [] }) => items.map(({ name }) => name));
    assert.deepEqual([names, second.position], [["notes", "others"], undefined]);
    const api = await gateway.send(new GetRestApiCommand({ restApiId: "aaaa" }));
    assert.ok(api.createdDate instanceof Date);

    const { items = [] } = await gateway.send(
      new GetResourcesCommand({ restApiId: "aaaa", embed: ["methods"] }),
    );
    assert.deepEqual(
      items.map(({ path, pathPart, parentId, resourceMethods = {} }) => [
        path,
        pathPart,
        items.find(({ id }) => id === parentId)?.path,
        Object.keys(resourceMethods),
      ]),
      [
        ["/", undefined, undefined, []],
        ["/notes", "notes", "/", []],
        ["/notes/{id}", "{id}", "/notes", []],
        ["/notes/{id}/text", "text", "/notes/{id}", ["GET", "PUT"]],
      ],
    );
    assert.equal(items[0]?.id, api.rootResourceId);
    assert.equal(items.at(-1)?.resourceMethods?.GET?.authorizationType, "NONE");

    const stages = await gateway.send(new GetStagesCommand({ restApiId: "aaaa" }));
    assert.deepEqual(
      stages.item?.map(({ stageName, deploymentId, variables }) => [
        stageName,
        deploymentId,
        variables,
      ]),
      [["v1", "dddd", { color: "blue" }]],
    );
    const { methodSettings = {} } = await gateway.send(
      new GetStageCommand({ restApiId: "aaaa", stageName: "v1" }),
    );
    assert.deepEqual(Object.keys(methodSettings), ["*/*", "~1notes~1{id}~1text/GET"]);
    assert.equal(methodSettings["*/*"]?.throttlingRateLimit, 10_000);
    assert.equal(methodSettings["~1notes~1{id}~1text/GET"]?.throttlingRateLimit, 5);
  });

  it("shows usage plans and keys, whose values it tells who asks for them", async () => {
    const gateway = clientOf(APIGatewayClient);
    const { items: plans } = await gateway.send(new GetUsagePlansCommand());
    assert.deepEqual(plans, [
      {
        id: "pppp",
        name: "plan",
        apiStages: [
          {
            apiId: "aaaa",
            stage: "v1",
            throttle: { "/notes/GET": { rateLimit: 1, burstLimit: 1 } },
          },
        ],
        throttle: { rateLimit: 3, burstLimit: 4 },
        quota: { limit: 10, period: "DAY", offset: 0 },
      },
    ]);
    const keysOf = async (input: GetApiKeysCommandInput) => {
      const { items = [] } = await gateway.send(new GetApiKeysCommand(input));
      return items.map(({ createdDate, lastUpdatedDate, ...others }) => {
        assert.ok(createdDate instanceof Date);
        assert.deepEqual(lastUpdatedDate, createdDate);
        return others;
      });
    };
    const key = { id: "kkkk", name: "app", enabled: true, stageKeys: ["aaaa/v1"] };
    assert.deepEqual(await keysOf({}), [key]);
    const value = "k".repeat(24);
    assert.deepEqual(await keysOf({ includeValues: true, nameQuery: "ap" }), [{ ...key, value }]);
    assert.deepEqual(await keysOf({ nameQuery: "x" }), []);
    const one = await gateway.send(new GetApiKeyCommand({ apiKey: "kkkk", includeValue: true }));
    assert.equal(one.value, value);
  });

  it("refuses APIs that there are not, roles without the permission, and new buses", async () => {
    const gateway = clientOf(APIGatewayClient);
    await assert.rejects(gateway.send(new GetStagesCommand({ restApiId: "none" })), {
      name: "NotFoundException",
      message: "Invalid API identifier specified 123456789012:none",
    });
    await assert.rejects(gateway.send(new GetRestApisCommand({ limit: 501 })), {
      name: "BadRequestException",
    });
    await assert.rejects(
      clientOf(APIGatewayClient, nobody()).send(new GetStagesCommand({ restApiId: "aaaa" })),
      /apigateway:GET on resource: arn:aws:apigateway:eu-west-1::\/restapis\/aaaa\/stages/,
    );
    await assert.rejects(gateway.send(new CreateApiKeyCommand({ name: "x" })), {
      name: "NotImplemented",
      message: "The local cloud does not emulate POST /apikeys of API Gateway.",
    });
  });
});
