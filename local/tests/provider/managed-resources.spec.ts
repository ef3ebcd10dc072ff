import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";
import type { Inventory } from "../../provider/inventory";
import { ManagedResources } from "../../provider/managed-resources";
import type { Properties } from "../../provider/resource";

const account = { accountId: "000000000000", region: "us-east-1", partition: "aws" };
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;
const roleArn = "arn:aws:iam::000000000000:role/role";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const allow = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });

const resourcePolicy = (action: string, resource: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::000000000000:root" },
        Action: action,
        Resource: resource,
      },
    ],
  });

const code = (text: string) => ({
  [specialSigKey]: specialArchiveSig,
  assets: { "index.js": { [specialSigKey]: specialAssetSig, text } },
});

const openApi = (title: string) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title, version: "1" },
    paths: {
      "/health": {
        get: {
          responses: { 200: { description: "ok" } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": '{"statusCode": 200}' },
            responses: { default: { statusCode: "200" } },
          },
        },
      },
    },
  });

/** Inputs that name other resources by their ids. */
type InputsByIds = (idOf: (type: string) => string) => Properties;

const restApi = "aws:apigateway/restApi:RestApi";

/** Resources of every type in an order in which they can be created, and a change of each that keeps it. */
const resources: [type: string, inputs: Properties | InputsByIds, change: Properties][] = [
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { name: "group", retentionInDays: 30 },
    { retentionInDays: 60 },
  ],
  ["aws:cloudwatch/logStream:LogStream", { name: "stream", logGroupName: "group" }, {}],
  ["aws:iam/role:Role", { name: "role", assumeRolePolicy: trust }, { tags: { a: "b" } }],
  [
    "aws:iam/policy:Policy",
    { name: "policy", policy: allow("s3:GetObject") },
    { policy: allow("s3:PutObject") },
  ],
  [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: "role", policyArn: "arn:aws:iam::000000000000:policy/policy" },
    {},
  ],
  [
    "aws:iam/rolePolicy:RolePolicy",
    { name: "inline", role: "role", policy: allow("sqs:*") },
    { policy: allow("sns:*") },
  ],
  ["aws:kms/key:Key", { description: "one" }, { description: "two" }],
  ["aws:sqs/queue:Queue", { name: "queue" }, { visibilityTimeoutSeconds: 60 }],
  [
    "aws:ssm/parameter:Parameter",
    { name: "parameter", type: "SecureString", value: "one" },
    { value: "two" },
  ],
  ["tls:index/privateKey:PrivateKey", { algorithm: "ED25519" }, {}],
  ["random:index/randomPassword:RandomPassword", { length: 16 }, {}],
  ["aws:sns/topic:Topic", { name: "topic", displayName: "One" }, { displayName: "Two" }],
  [
    "aws:sns/topicPolicy:TopicPolicy",
    { arn: arn("sns", "topic"), policy: resourcePolicy("sns:Publish", arn("sns", "topic")) },
    { policy: resourcePolicy("sns:Subscribe", arn("sns", "topic")) },
  ],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    { topic: arn("sns", "topic"), protocol: "email", endpoint: "a@example.com" },
    {},
  ],
  [
    "aws:dynamodb/table:Table",
    {
      name: "table",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    },
    { ttl: { attributeName: "expires", enabled: true } },
  ],
  [
    "aws:lambda/function:Function",
    {
      name: "function",
      role: roleArn,
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: code("one"),
    },
    { code: code("two"), memorySize: 256 },
  ],
  [
    "aws:lambda/permission:Permission",
    { function: "function", action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" },
    {},
  ],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { functionName: "function", maximumRetryAttempts: 1 },
    { maximumRetryAttempts: 0 },
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      name: "alarm",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    },
    { threshold: 2 },
  ],
  [
    "aws:cloudwatch/eventRule:EventRule",
    { name: "rule", scheduleExpression: "rate(1 hour)" },
    { scheduleExpression: "rate(2 hours)" },
  ],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    { rule: "rule", targetId: "target", arn: arn("lambda", "function:function") },
    { input: "{}" },
  ],
  ["aws:s3/bucket:Bucket", { bucket: "bucket-of-a-test" }, { tags: { a: "b" } }],
  [
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: "bucket-of-a-test", versioningConfiguration: { status: "Enabled" } },
    { versioningConfiguration: { status: "Suspended" } },
  ],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    {
      bucket: "bucket-of-a-test",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    {
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true },
      ],
    },
  ],
  [
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { bucket: "bucket-of-a-test", blockPublicAcls: true },
    { blockPublicPolicy: true },
  ],
  [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { bucket: "bucket-of-a-test", rule: { objectOwnership: "BucketOwnerEnforced" } },
    { rule: { objectOwnership: "BucketOwnerPreferred" } },
  ],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    {
      bucket: "bucket-of-a-test",
      rules: [{ id: "r", status: "Enabled", expiration: { days: 1 } }],
    },
    { rules: [{ id: "r", status: "Enabled", expiration: { days: 2 } }] },
  ],
  [
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    { bucket: "bucket-of-a-test", corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] },
    { corsRules: [{ allowedMethods: ["PUT"], allowedOrigins: ["*"] }] },
  ],
  [
    "aws:s3/bucketPolicy:BucketPolicy",
    {
      bucket: "bucket-of-a-test",
      policy: resourcePolicy("s3:GetObject", "arn:aws:s3:::bucket-of-a-test/*"),
    },
    { policy: resourcePolicy("s3:PutObject", "arn:aws:s3:::bucket-of-a-test/*") },
  ],
  [
    "aws:s3/bucketNotification:BucketNotification",
    { bucket: "bucket-of-a-test", lambdaFunctions: [] },
    {},
  ],
  [
    "aws:s3/bucketObjectv2:BucketObjectv2",
    { bucket: "bucket-of-a-test", key: "k", content: "one" },
    { content: "two" },
  ],
  [
    "aws:s3/bucketObject:BucketObject",
    { bucket: "bucket-of-a-test", key: "l", content: "one" },
    { content: "two" },
  ],
  [
    "aws:cloudfront/originAccessControl:OriginAccessControl",
    {
      name: "oac",
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    { signingBehavior: "never" },
  ],
  [
    "aws:kms/alias:Alias",
    (idOf) => ({ name: "alias/a", targetKeyId: idOf("aws:kms/key:Key") }),
    {},
  ],
  [
    "aws:sqs/queuePolicy:QueuePolicy",
    (idOf) => ({
      queueUrl: idOf("aws:sqs/queue:Queue"),
      policy: resourcePolicy("sqs:SendMessage", arn("sqs", "queue")),
    }),
    { policy: resourcePolicy("sqs:ReceiveMessage", arn("sqs", "queue")) },
  ],
  [
    restApi,
    { name: "api", body: openApi("One"), endpointConfiguration: { types: "REGIONAL" } },
    { body: openApi("Two") },
  ],
  [
    "aws:apigateway/deployment:Deployment",
    (idOf) => ({ restApi: idOf(restApi) }),
    { description: "d" },
  ],
  [
    "aws:apigateway/stage:Stage",
    (idOf) => ({
      restApi: idOf(restApi),
      deployment: idOf("aws:apigateway/deployment:Deployment"),
      stageName: "v1",
    }),
    { variables: { a: "b" } },
  ],
  [
    "aws:apigateway/methodSettings:MethodSettings",
    (idOf) => ({
      restApi: idOf(restApi),
      stageName: "v1",
      methodPath: "*/*",
      settings: { loggingLevel: "INFO" },
    }),
    { settings: { loggingLevel: "ERROR" } },
  ],
  ["aws:apigateway/apiKey:ApiKey", { name: "key" }, { enabled: false }],
  [
    "aws:apigateway/usagePlan:UsagePlan",
    (idOf) => ({ name: "plan", apiStages: [{ apiId: idOf(restApi), stage: "v1" }] }),
    { quotaSettings: { limit: 5, period: "DAY" } },
  ],
  [
    "aws:apigateway/usagePlanKey:UsagePlanKey",
    (idOf) => ({
      keyId: idOf("aws:apigateway/apiKey:ApiKey"),
      keyType: "API_KEY",
      usagePlanId: idOf("aws:apigateway/usagePlan:UsagePlan"),
    }),
    {},
  ],
  ["aws:apigateway/account:Account", { cloudwatchRoleArn: roleArn }, {}],
  [
    "aws:cloudfront/cachePolicy:CachePolicy",
    {
      name: "cache",
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    { minTtl: 1 },
  ],
  [
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    {
      name: "origin",
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
    { queryStringsConfig: { queryStringBehavior: "all" } },
  ],
  [
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    {
      name: "headers",
      customHeadersConfig: { items: [{ header: "x-a", value: "1", override: true }] },
    },
    { comment: "c" },
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    (idOf) => ({
      enabled: true,
      origins: [{ originId: "o", domainName: "bucket-of-a-test.s3.us-east-1.amazonaws.com" }],
      defaultCacheBehavior: {
        targetOriginId: "o",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: idOf("aws:cloudfront/cachePolicy:CachePolicy"),
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    }),
    { comment: "c" },
  ],
];

/** An archive is kept in a file of its own. */
function withoutCode(properties: Properties = {}): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "code"));
}

describe("Managed resources", function () {
  this.timeout(60_000);
  let dataDir: string;
  let cloud: RunningCloud;
  let managed: ManagedResources;
  let inventory: Inventory;
  const notes: string[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "managed-"));
    await open();
  });

  afterEach(async () => {
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  async function open(): Promise<void> {
    const notify = (line: string) => notes.push(line);
    cloud = await startCloud({ port: 0, dataDir, account, notify });
    inventory = cloud.inventory;
    managed = new ManagedResources({
      provider: cloud.provider,
      inventory,
      archiveDir: join(dataDir, "archives"),
      projectDir: dataDir,
      notify,
    });
    notes.length = 0;
    await managed.restore();
  }

  async function reopen(): Promise<void> {
    await cloud.stop();
    await open();
  }

  const urn = (type: string, name = "x") => `urn:pulumi:local::demo::${type}::${name}`;
  const create = (type: string, inputs: Properties, name?: string) =>
    managed.create({ type, urn: urn(type, name), inputs });

  it("are there again after a restart although nobody manages them any more", async () => {
    const type = "aws:sqs/queue:Queue";
    const { id } = await create(type, { name: "left" });
    inventory.leave(inventory.find(type, id) ?? assert.fail());
    await reopen();
    assert.deepEqual(
      cloud.services.sqs.queues().map(({ arn }) => arn.split(":").at(-1)),
      ["left"],
    );
    const again = await create(type, { name: "beside" });
    assert.equal(inventory.find(type, again.id)?.generation, 2);
    assert.equal(inventory.find(type, id)?.isLeft, true);
  });

  it("are created, changed, there again after a restart, read and deleted", async () => {
    const ids = new Map<string, string>();
    const idOf = (type: string) => ids.get(type) ?? "";
    const inputsOf = (inputs: Properties | InputsByIds) =>
      typeof inputs === "function" ? inputs(idOf) : inputs;
    for (const [type, inputs] of resources) {
      const { id, outputs } = await create(type, inputsOf(inputs));
      ids.set(type, id);
      const found = await managed.read(type, id, urn(type));
      assert.deepEqual(withoutCode(found?.outputs), withoutCode(outputs), type);
    }
    for (const [type, before, change] of resources) {
      if (Object.keys(change).length > 0) {
        const inputs = { ...inputsOf(before), ...change };
        const { id } = await managed.update(idOf(type), { type, urn: urn(type), inputs });
        assert.equal(id, idOf(type), type);
      }
    }
    await reopen();
    assert.deepEqual(notes, []);
    for (const [type, before, change] of resources) {
      const found = await managed.read(type, idOf(type), urn(type));
      const expected = withoutCode({ ...inputsOf(before), ...change });
      for (const [input, value] of Object.entries(expected)) {
        assert.deepEqual(found?.inputs[input], value, `${type} ${input}`);
      }
    }
    for (const [type, id] of [...ids].toReversed()) {
      await managed.remove(type, id);
    }
    assert.deepEqual(inventory.all(), []);
    assert.deepEqual(await readdir(join(dataDir, "s3/buckets")), []);
    assert.deepEqual(await readdir(join(dataDir, "sqs")), ["ports.json", "queues.d"]);
    assert.deepEqual(await readdir(join(dataDir, "sqs/queues.d")), []);
    await reopen();
    assert.deepEqual(await readdir(join(dataDir, "archives")), []);
  });

  it("have another name and other ids than those whose place they take", async () => {
    const type = "aws:iam/role:Role";
    const newName = () => `x-${managed.randomCharacters(urn(type), "name")(7, "0123456789abcdef")}`;
    const first = newName();
    await create(type, { name: first, assumeRolePolicy: trust });
    const second = newName();
    await create(type, { name: second, assumeRolePolicy: trust });
    assert.match(first, /^x-[0-9a-f]{7}$/);
    assert.match(second, /^x-[0-9a-f]{7}$/);
    assert.notEqual(first, second);
    await managed.remove(type, first);
    await reopen();
    assert.equal((await managed.read(type, second, urn(type)))?.inputs.name, second);
  });

  it("are gone when someone else has deleted them, and are then no trouble to delete", async () => {
    const type = "aws:s3/bucket:Bucket";
    const setting = "aws:s3/bucketVersioning:BucketVersioning";
    await create(type, { bucket: "gone-bucket" });
    await create(setting, {
      bucket: "gone-bucket",
      versioningConfiguration: { status: "Enabled" },
    });
    cloud.services.s3.deleteBucket("gone-bucket", { force: true });
    await managed.remove(setting, "gone-bucket");
    assert.equal(await managed.read(type, "gone-bucket", urn(type)), undefined);
    await managed.remove(type, "gone-bucket");
  });

  it("show what someone else has changed", async () => {
    await create("aws:s3/bucket:Bucket", { bucket: "changed-bucket" });
    const settings: [type: string, inputs: Properties, change: object, seen: Properties][] = [
      [
        "aws:s3/bucketVersioning:BucketVersioning",
        { versioningConfiguration: { status: "Enabled" } },
        { versioning: "Suspended" },
        { versioningConfiguration: { status: "Suspended" } },
      ],
      [
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        { rules: [{ id: "r", status: "Enabled", expiration: { days: 1 } }] },
        {
          lifecycle: [
            { ID: "r", Status: "Enabled", Filter: { Prefix: "a/" }, Expiration: { Days: "3" } },
          ],
        },
        {
          rules: [
            { id: "r", status: "Enabled", filter: { prefix: "a/" }, expiration: { days: 3 } },
          ],
        },
      ],
    ];
    for (const [type, inputs, change, seen] of settings) {
      const bucket = "changed-bucket";
      await create(type, { bucket, ...inputs });
      const before = await managed.read(type, bucket, urn(type));
      assert.deepEqual(before?.inputs, { bucket, ...inputs }, type);
      cloud.services.s3.configureBucket(bucket, change);
      const after = await managed.read(type, bucket, urn(type));
      assert.deepEqual(after?.inputs, { bucket, ...seen }, type);
      for (const [output, value] of Object.entries(seen)) {
        assert.deepEqual(after.outputs[output], value, type);
      }
    }
  });

  it("that hold data are deleted only if that is asked for", async () => {
    const type = "aws:s3/bucket:Bucket";
    await create(type, { bucket: "full-bucket" });
    await create("aws:s3/bucketObjectv2:BucketObjectv2", {
      bucket: "full-bucket",
      key: "k",
      content: "x",
    });
    const item = inventory.find(type, "full-bucket", urn(type));
    assert.ok(item);
    assert.equal(await managed.contentOf(item, new Set()), "1 object");
    const notEmpty = /^Error: BucketNotEmpty: The bucket you tried to delete is not empty$/;
    await assert.rejects(managed.requireRemovable(item, new Set()), notEmpty);
    await managed.requireRemovable(item, new Set(["full-bucket/k"]));
    await assert.rejects(managed.remove(type, "full-bucket"), notEmpty);
    await managed.update("full-bucket", {
      type,
      urn: urn(type),
      inputs: { bucket: "full-bucket", forceDestroy: true },
    });
    await managed.remove(type, "full-bucket");
    assert.equal(cloud.services.s3.hasBucket("full-bucket"), false);
  });

  it("that are values stay as they are over restarts, and are others once they are replaced", async () => {
    const type = "random:index/randomInteger:RandomInteger";
    const inputs = { min: 0, max: 2 ** 40 };
    const [one, other] = [await create(type, inputs, "one"), await create(type, inputs, "other")];
    await reopen();
    assert.deepEqual((await managed.read(type, one.id, urn(type, "one")))?.outputs, one.outputs);
    const replaced = await create(type, { ...inputs, keepers: { a: "b" } }, "one");
    assert.notEqual(replaced.id, one.id);
    await managed.remove(type, one.id, urn(type, "one"));
    await reopen();
    const found = await managed.read(type, replaced.id, urn(type, "one"));
    assert.deepEqual(found?.outputs, replaced.outputs);
    assert.equal((await managed.read(type, other.id, urn(type, "other")))?.id, other.id);
  });

  it("that are values may have one id, and each is itself", async () => {
    const type = "random:index/randomPassword:RandomPassword";
    const [one, other] = [
      await create(type, { length: 16 }, "one"),
      await create(type, { length: 17 }, "other"),
    ];
    const second = await create(type, { length: 18 }, "one");
    assert.deepEqual([one.id, other.id, second.id], ["none", "none", "none"]);
    await managed.remove(type, "none", urn(type, "one"));
    const resultOf = async (name: string) => {
      const found = await managed.read(type, "none", urn(type, name));
      return String(found?.outputs.result).length;
    };
    assert.equal(await resultOf("one"), 18);
    assert.equal(await resultOf("other"), 17);
    await managed.remove(type, "none", urn(type, "one"));
    await managed.remove(type, "none", urn(type, "other"));
    assert.deepEqual(inventory.all(), []);
  });

  it("that are not emulated are recorded, and their types told", async () => {
    const type = "aws:ec2/vpc:Vpc";
    const { id, outputs } = await create(type, { cidrBlock: "10.0.0.0/16" }, "network");
    assert.equal(id, "network");
    assert.deepEqual(outputs, { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(managed.recordedTypes, [type]);
    await reopen();
    assert.equal((await managed.read(type, id, urn(type, "network")))?.id, "network");
    await managed.remove(type, id);
    assert.equal(await managed.read(type, id, urn(type, "network")), undefined);
  });

  it("that the local cloud does not have cannot be changed", async () => {
    const type = "aws:s3/bucket:Bucket";
    await assert.rejects(
      managed.update("none", { type, urn: urn(type), inputs: { bucket: "none" } }),
      /The local cloud has no aws:s3\/bucket:Bucket none/,
    );
  });
});
