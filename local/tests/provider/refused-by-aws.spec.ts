import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";
import type { Properties, ResourceState } from "../../provider/resource";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

function policyOf(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

describe("A resource that the provider takes and AWS does not", function () {
  this.timeout(60_000);
  let dataDir: string;
  let cloud: RunningCloud;
  let queue: ResourceState;
  let topic: ResourceState;
  let count = 0;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "refused-"));
    cloud = await startCloud({ port: 0, dataDir, account, notify: () => undefined });
    await create("aws:s3/bucket:Bucket", { bucket: "plain" });
    await create("aws:s3/bucket:Bucket", { bucket: "locked", objectLockEnabled: true });
    queue = await create("aws:sqs/queue:Queue", { name: "queue" });
    topic = await create("aws:sns/topic:Topic", { name: "topic" });
  });

  after(async () => {
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  async function create(type: string, inputs: Properties): Promise<ResourceState> {
    const name = `resource-${++count}`;
    const urn = `urn:pulumi:local::test::${type}::${name}`;
    const { provider } = cloud;
    assert.deepEqual(provider.check({ type, inputs }), []);
    const planned = await provider.plan({ type, name, urn, inputs, projectDir: "" });
    await planned.create();
    return planned;
  }

  /** @param message begins with the code. */
  const refuses = async (type: string, inputs: Properties, message: RegExp) => {
    await assert.rejects(create(type, inputs), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  };

  const lambda = (): Properties => ({
    code: new asset.AssetArchive({ "index.js": new asset.StringAsset("") }),
    handler: "index.handler",
    runtime: "nodejs24.x",
    role: "arn:aws:iam::123456789012:role/worker",
  });

  it("is refused for a queue's policy about other actions", async () => {
    const type = "aws:sqs/queuePolicy:QueuePolicy";
    for (const Action of ["s3:GetObject", "sqs:Send", ["sqs:SendMessage", "sns:Publish"]]) {
      const statement = { Effect: "Deny", Principal: "*", Action, Resource: queue.outputs.arn };
      const inputs = { queueUrl: queue.id, policy: policyOf(statement) };
      await refuses(type, inputs, /^InvalidAttributeValue: .*out of service scope/);
    }
  });

  it("is refused for a topic's policy about other actions", async () => {
    for (const Action of ["sns:Send", "sqs:SendMessage", "sns:ListTopics"]) {
      const statement = { Effect: "Deny", Principal: "*", Action, Resource: topic.id };
      const inputs = { arn: topic.id, policy: policyOf(statement) };
      await refuses(
        "aws:sns/topicPolicy:TopicPolicy",
        inputs,
        /^InvalidParameter: .*out of service/,
      );
    }
  });

  describe("in the policy of a bucket", () => {
    const deny = (more: object) => ({
      bucket: "plain",
      policy: policyOf({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::plain/*",
        ...more,
      }),
    });
    const cases: [string, object, RegExp][] = [
      [
        "an action on objects with the bucket alone",
        { Resource: "arn:aws:s3:::plain" },
        /^MalformedPolicy: Action does not apply to any resource/,
      ],
      [
        "an action on the bucket with objects alone",
        { Action: "s3:ListBucket" },
        /^MalformedPolicy: Action does not apply to any resource/,
      ],
      [
        "a misspelt action",
        { Action: "s3:GetObjekt" },
        /^MalformedPolicy: Policy has invalid action/,
      ],
      ["another service's action", { Action: "sqs:SendMessage" }, /^MalformedPolicy: .*action/],
      ["another bucket", { Resource: "arn:aws:s3:::other/*" }, /^MalformedPolicy: .*resource/],
      [
        "a misspelt service",
        { Principal: { Service: "cloudfrunt.amazonaws.com" } },
        /^MalformedPolicy: Invalid principal in policy/,
      ],
      ["nobody's name", { Principal: { AWS: "nobody" } }, /^MalformedPolicy: Invalid principal/],
      ["more than 20 KB", { Sid: "x".repeat(21_000) }, /^MalformedPolicy: .*20 KB/],
    ];
    for (const [what, more, message] of cases) {
      it(`is refused for ${what}`, async () => {
        await refuses("aws:s3/bucketPolicy:BucketPolicy", deny(more), message);
      });
    }

    it("passes with both resources, and with services that are near to none", async () => {
      const fits = {
        Action: ["s3:GetObject", "s3:ListBucket", "s3:GetObject*"],
        Resource: ["arn:aws:s3:::plain", "arn:aws:s3:::plain/*"],
        Principal: { Service: "newly-launched.amazonaws.com" },
      };
      await create("aws:s3/bucketPolicy:BucketPolicy", deny(fits));
    });
  });

  describe("in a trust policy", () => {
    const trust = (more: object) => ({
      assumeRolePolicy: policyOf({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
        ...more,
      }),
    });
    const type = "aws:iam/role:Role";

    it("is refused for a misspelt service, a swapped letter included", async () => {
      for (const name of ["lamda", "lambada", "labmda", "lanbda", "event", "cloudfronts"]) {
        const inputs = trust({ Principal: { Service: `${name}.amazonaws.com` } });
        await refuses(type, inputs, /^MalformedPolicyDocument: Invalid principal in policy/);
      }
    });

    it("passes for services that are known, and for regional names", async () => {
      for (const name of ["events", "edgelambda", "ecs-tasks", "logs.eu-west-1", "sns", "dms"]) {
        await create(type, trust({ Principal: { Service: `${name}.amazonaws.com` } }));
      }
    });

    it("is refused for other actions than of STS, for a resource and for no statement", async () => {
      await refuses(
        type,
        trust({ Action: "s3:GetObject" }),
        /^MalformedPolicyDocument: AssumeRole/,
      );
      await refuses(type, trust({ Resource: "*" }), /^MalformedPolicyDocument: Has prohibited/);
      await refuses(type, { assumeRolePolicy: "{}" }, /^MalformedPolicyDocument: /);
    });
  });

  it("is refused for indexes that say too little or too much", async () => {
    const table = (index: object, more: object = {}) => ({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      globalSecondaryIndexes: [{ name: "by-id", hashKey: "id", projectionType: "ALL", ...index }],
      ...more,
    });
    const type = "aws:dynamodb/table:Table";
    await refuses(type, table({ projectionType: "INCLUDE" }), /^ValidationException: .*NonKeyAttr/);
    await refuses(type, table({ nonKeyAttributes: ["size"] }), /^ValidationException: .*is ALL/);
    await refuses(type, table({ readCapacity: 5 }), /^ValidationException: .*PAY_PER_REQUEST/);
    await refuses(type, table({ name: "i" }), /^ValidationException: .*indexName/);
    const double = table({}).globalSecondaryIndexes[0];
    const twice = table({}, { globalSecondaryIndexes: [double, double] });
    await refuses(type, twice, /^ValidationException: .*Duplicate index name/);
  });

  it("is refused for a log group of AWS's own", async () => {
    for (const name of ["aws/functions", "AWS/functions"]) {
      await refuses("aws:cloudwatch/logGroup:LogGroup", { name }, /^InvalidParameterException: /);
    }
  });

  describe("as an alarm", () => {
    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const alarm = {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      metricName: "Errors",
      period: 60,
    };
    const sum = { ...alarm, namespace: "AWS/Lambda", statistic: "Sum" };
    const topics = Array.from({ length: 6 }, (_, index) => `arn:aws:sns:eu-west-1:1:t${index}`);
    const cases: [string, Properties, RegExp][] = [
      ["without a namespace", { ...alarm, statistic: "Sum" }, /Namespace/],
      [
        "with six actions",
        { ...sum, alarmActions: topics.map((arn) => arn.replace(":1:", ":123456789012:")) },
        /5 members at most, not 6/,
      ],
      ["with an action that is none", { ...sum, alarmActions: ["arn:aws:s3:::b"] }, /Invalid arn/],
      ["with more datapoints than periods", { ...sum, datapointsToAlarm: 2 }, /DatapointsToAlarm/],
    ];
    for (const [what, inputs, message] of cases) {
      it(`is refused ${what}`, async () => {
        await refuses(type, inputs, /^ValidationError: /);
        await refuses(type, inputs, message);
      });
    }

    it("is said not to be emulated with other statistics that CloudWatch has", async () => {
      const others = { ...alarm, namespace: "AWS/Lambda" };
      for (const extendedStatistic of ["tm90", "IQM", "PR(10:90)", "wm98.5", "TM(10%:90%)"]) {
        await refuses(
          type,
          { ...others, extendedStatistic },
          /^resource-\d+: the local cloud does not emulate the statistic /,
        );
      }
      await create(type, { ...others, extendedStatistic: "p99.9" });
    });
  });

  it("is refused for schedules that are none, and said not to be emulated for cron", async () => {
    const type = "aws:cloudwatch/eventRule:EventRule";
    for (const scheduleExpression of [
      "hourly",
      "rate(1 minutes)",
      "rate(2 hour)",
      "rate(0 days)",
      "cron(0 12 * * *)",
      "cron(0 25 * * ? *)",
      "cron(0 12 1 * MON *)",
      "cron(0 12 * * * *)",
      "cron(0 12 ? MOON * *)",
    ]) {
      await refuses(type, { scheduleExpression }, /^ValidationException: Parameter Schedule/);
    }
    for (const scheduleExpression of [
      "cron(0 12 * * ? *)",
      "cron(0/15 8-17 ? JAN-MAR MON-FRI 2030)",
      "cron(0 10 L * ? *)",
      "cron(5,35 14 ? * 6#3 *)",
    ]) {
      await refuses(
        type,
        { scheduleExpression },
        /^resource-\d+: the local cloud does not emulate/,
      );
    }
  });

  describe("as the lifecycle of a bucket", () => {
    const cases: [string, object, RegExp][] = [
      [
        "an infrequent access class after 10 days",
        { transitions: [{ days: 10, storageClass: "STANDARD_IA" }] },
        /greater than or equal to 30 for storageClass 'STANDARD_IA'/,
      ],
      [
        "the same of noncurrent versions",
        { noncurrentVersionTransitions: [{ noncurrentDays: 29, storageClass: "ONEZONE_IA" }] },
        /'NoncurrentDays' .* greater than or equal to 30/,
      ],
      [
        "an expiration before the transition",
        {
          transitions: [{ days: 60, storageClass: "GLACIER" }],
          expiration: { days: 60 },
        },
        /'Days' in the Expiration action must be greater than/,
      ],
      [
        "a colder class before a warmer one",
        {
          transitions: [
            { days: 60, storageClass: "STANDARD_IA" },
            { days: 30, storageClass: "GLACIER" },
          ],
        },
        /StorageClass 'GLACIER' must be greater than/,
      ],
    ];
    const rule = { id: "rule", status: "Enabled", filter: {} };
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    for (const [what, more, message] of cases) {
      it(`is refused for ${what}`, async () => {
        const inputs = { bucket: "plain", rules: [{ ...rule, ...more }] };
        await refuses(type, inputs, /^InvalidArgument: /);
        await refuses(type, inputs, message);
      });
    }

    it("passes in the order of the classes", async () => {
      const transitions = [
        { days: 30, storageClass: "STANDARD_IA" },
        { days: 90, storageClass: "GLACIER" },
      ];
      await create(type, {
        bucket: "plain",
        rules: [{ ...rule, transitions, expiration: { days: 365 } }],
      });
    });
  });

  it("is refused for retention of no days or of too many, and for a key with AES256", async () => {
    const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    for (const [unit, value] of [
      ["days", 0],
      ["days", 36_501],
      ["years", -1],
      ["years", 101],
    ] as const) {
      const rule = { defaultRetention: { mode: "GOVERNANCE", [unit]: value } };
      await refuses(lock, { bucket: "locked", rule }, /^InvalidArgument: Default retention/);
    }
    const encryption =
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const byDefault = { sseAlgorithm: "AES256", kmsMasterKeyId: "alias/own" };
    const rules = [{ applyServerSideEncryptionByDefault: byDefault }];
    await refuses(encryption, { bucket: "plain", rules }, /^InvalidArgument: a KMSMasterKeyID/);
  });

  it("is refused for the names of buckets that S3 does not take", async () => {
    for (const bucket of ["a", "Photos", "my_photos", "10.0.0.1", "my..photos", "xn--photos"]) {
      await refuses("aws:s3/bucket:Bucket", { bucket }, /^InvalidBucketName: /);
    }
  });

  it("is refused for tags that are too many, too long or reserved, by the service's code", async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""]));
    const cases: [string, Properties, RegExp][] = [
      ["aws:s3/bucket:Bucket", many, /^InvalidTag: .*50 tags at most, not 51/],
      ["aws:sqs/queue:Queue", { "aws:x": "y" }, /^InvalidParameterValue: .*reserved for AWS/],
      ["aws:sns/topic:Topic", { ["k".repeat(129)]: "" }, /^InvalidParameter: .*129 characters/],
      ["aws:kms/key:Key", { key: "v".repeat(257) }, /^TagException: .*257 characters/],
      ["aws:cloudwatch/logGroup:LogGroup", { key: "<b>" }, /^ValidationException: .*characters/],
    ];
    for (const [type, tags, message] of cases) {
      await refuses(type, { tags }, message);
    }
    await create("aws:sqs/queue:Queue", { tags: { "Kostenstelle ä": "a/b:c=d+e-f@g_h." } });
  });

  it("is refused for what a distribution cannot be", async () => {
    const behavior = {
      targetOriginId: "results",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    };
    const origin = { originId: "results", domainName: "plain.s3.eu-west-1.amazonaws.com" };
    const distribution = {
      enabled: true,
      origins: [origin],
      defaultCacheBehavior: behavior,
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    };
    const cases: [object, RegExp][] = [
      [{ customErrorResponses: [{ errorCode: 418 }] }, /^InvalidErrorCode: .*418/],
      [
        { customErrorResponses: [{ errorCode: 404, responseCode: 302, responsePagePath: "/x" }] },
        /^InvalidResponseCode: .*302/,
      ],
      [{ customErrorResponses: [{ errorCode: 404, responseCode: 200 }] }, /^InvalidArgument: /],
      [{ customErrorResponses: [{ errorCode: 404 }, { errorCode: 404 }] }, /^InvalidArgument: /],
      [{ origins: [origin, origin] }, /^InvalidArgument: .*results twice/],
      [{ origins: [{ ...origin, originPath: "public/" }] }, /^InvalidArgument: The origin path/],
      [{ defaultRootObject: "/index.html" }, /^InvalidDefaultRootObject: /],
      [{ defaultCacheBehavior: { ...behavior, targetOriginId: "x" } }, /^NoSuchOrigin: /],
      [{ defaultCacheBehavior: { ...behavior, allowedMethods: ["GET"] } }, /^InvalidArgument: /],
    ];
    for (const [more, message] of cases) {
      const inputs = { ...distribution, ...more };
      await refuses("aws:cloudfront/distribution:Distribution", inputs, message);
    }
  });

  it("is refused for policies of CloudFront that contradict themselves", async () => {
    const corsConfig = (more: object) => ({
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: ["GET"] },
        accessControlAllowOrigins: { items: ["*"] },
        originOverride: true,
        ...more,
      },
    });
    const headers = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
    for (const more of [
      { accessControlAllowMethods: { items: ["FETCH"] } },
      { accessControlAllowOrigins: { items: [] } },
      { accessControlAllowCredentials: true },
    ]) {
      await refuses(headers, corsConfig(more), /^InvalidArgument: /);
    }
    const selections = (cookieBehavior: string) => ({
      cookiesConfig: { cookieBehavior },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    });
    const cache = (more: object, cookieBehavior = "none") => ({
      parametersInCacheKeyAndForwardedToOrigin: selections(cookieBehavior),
      ...more,
    });
    const type = "aws:cloudfront/cachePolicy:CachePolicy";
    await refuses(type, cache({ minTtl: 9, defaultTtl: 5 }), /^InvalidArgument: MinTTL/);
    await refuses(type, cache({}, "whitelist"), /^InvalidArgument: The cookies/);
    const request = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
    await refuses(request, selections("allExcept"), /^InvalidArgument: The cookies/);
  });

  it("is refused for a stage's variables that are none", async () => {
    const mock = {
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      responses: { default: { statusCode: "200" } },
    };
    const get = {
      responses: { 200: { description: "up" } },
      "x-amazon-apigateway-integration": mock,
    };
    const info = { title: "health", version: "1" };
    const body = JSON.stringify({ openapi: "3.0.1", info, paths: { "/health": { get } } });
    const { id: restApi } = await create("aws:apigateway/restApi:RestApi", { body });
    const { id: deployment } = await create("aws:apigateway/deployment:Deployment", { restApi });
    for (const variables of [{ "a b": "c" }, { a: "b c" }, { a: "" }]) {
      const inputs = { restApi, deployment, stageName: "v1", variables };
      await refuses("aws:apigateway/stage:Stage", inputs, /^BadRequestException: Stage variable/);
    }
  });

  it("is said not to be emulated for APIs with a policy in their document", async () => {
    const info = { title: "private", version: "1" };
    const body = { openapi: "3.0.1", info, paths: {}, "x-amazon-apigateway-policy": {} };
    await refuses(
      "aws:apigateway/restApi:RestApi",
      { body: JSON.stringify(body) },
      /^resource-\d+: the local cloud does not emulate resource policies of an API$/,
    );
  });

  it("is refused for functions that Lambda refuses", async () => {
    const type = "aws:lambda/function:Function";
    const cases: [object, RegExp][] = [
      [{ runtime: "nodejs12.x" }, /^InvalidParameterValueException: .*no longer supported/],
      [{ runtime: "python3.13" }, /^resource-\d+: the local cloud does not emulate the runtime/],
      [
        { loggingConfig: { logFormat: "Text", applicationLogLevel: "INFO" } },
        /^InvalidParameterValueException: .*must be JSON/,
      ],
      [{ environment: { variables: { AWS_REGION: "x" } } }, /^InvalidParameterValueException: /],
      [{ name: "x".repeat(65) }, /^ValidationException: /],
    ];
    for (const [more, message] of cases) {
      await refuses(type, { ...lambda(), ...more }, message);
    }
  });

  it("is said not to be emulated in a second region", async () => {
    await refuses(
      "aws:sqs/queue:Queue",
      { region: "us-east-1" },
      /does not emulate a second region, us-east-1 beside eu-west-1/,
    );
    await create("aws:sqs/queue:Queue", { region: "eu-west-1" });
  });
});
