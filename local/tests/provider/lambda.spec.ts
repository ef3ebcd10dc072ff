import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { asset } from "@pulumi/pulumi";

import type { PolicyStatement } from "../../aws/iam/types";
import { lambdaResources } from "../../provider/lambda";
import type { Properties, ResourceState } from "../../provider/resource";
import {
  LocalLambda,
  account,
  roleArn,
  root,
  runtime,
  zipOf,
} from "../aws/lambda/support/local-lambda";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";

const aliasType = "aws:lambda/alias:Alias";
const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize-1234567";

describe("lambdaResources", () => {
  let local: LocalLambda;
  let inputs: Properties;

  beforeEach(async () => {
    local = await LocalLambda.start();
    inputs = {
      code: new asset.AssetArchive({
        "index.js": new asset.StringAsset("exports.handler = async () => process.env.TABLE;"),
      }),
      handler: "index.handler",
      runtime,
      role: roleArn,
      environment: { variables: { TABLE: "images" } },
    };
  });

  afterEach(async () => {
    await local.stop();
  });

  async function create(type: string, inputs: Properties): Promise<ResourceState> {
    return createPlanned(lambdaResources(local.lambda, account), {
      type,
      name: "resize",
      urn: "urn",
      inputs,
      projectDir: "/",
      physicalName: (property = "name") =>
        (inputs[property] as string | undefined) ?? "resize-1234567",
      stableId: (purpose, length) => purpose.padEnd(length, "0"),
    });
  }

  const createFunction = (more: Properties = {}): Promise<ResourceState> =>
    create("aws:lambda/function:Function", { ...inputs, ...more });

  it("creates functions that run", async () => {
    const { id } = await createFunction();
    assert.equal((await local.invoke({}, id)).result, "images");
  });

  it("has the outputs of AWS", async () => {
    const { id, outputs } = await createFunction({ tags: { Environment: "Production" } });
    assert.equal(id, "resize-1234567");
    assert.equal(outputs.name, "resize-1234567");
    assert.equal(outputs.arn, arn);
    assert.equal(
      outputs.invokeArn,
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    );
    assert.equal(outputs.qualifiedArn, `${arn}:$LATEST`);
    assert.equal(outputs.version, "$LATEST");
    assert.equal(outputs.timeout, 3);
    assert.equal(outputs.memorySize, 128);
    assert.equal(outputs.reservedConcurrentExecutions, -1);
    assert.deepEqual(outputs.tagsAll, { Environment: "Production" });
    assert.deepEqual(outputs.loggingConfig, {
      logFormat: "Text",
      logGroup: "/aws/lambda/resize-1234567",
    });
    assert.equal(
      Buffer.from(String(outputs.codeSha256), "base64").length,
      createHash("sha256").digest().length,
    );
    assert.equal(outputs.sourceCodeHash, outputs.codeSha256);
    assert.match(String(outputs.lastModified), /^\d{4}-.*\+0000$/);
    assert.equal(outputs.region, "eu-west-1");
  });

  it("passes on timeout, memory, log configuration, tracing and concurrency", async () => {
    const { id } = await createFunction({
      code: new asset.AssetArchive({
        "index.js": new asset.StringAsset("exports.handler = async (e, c) => [c, process.env];"),
      }),
      timeout: 10,
      memorySize: 256,
      loggingConfig: { logFormat: "JSON", logGroup: "own", applicationLogLevel: "ERROR" },
      tracingConfig: { mode: "Active" },
      reservedConcurrentExecutions: 1,
    });
    const { result } = await local.invoke({}, id);
    const [context, variables] = result as unknown as [Properties, Record<string, string>];
    assert.equal(context.memoryLimitInMB, "256");
    assert.equal(context.logGroupName, "own");
    assert.equal(variables.AWS_LAMBDA_LOG_LEVEL, "ERROR");
    assert.match(variables._X_AMZN_TRACE_ID ?? "", /Sampled=1$/);
  });

  it("takes a reservation of -1 for none", async () => {
    const { id } = await createFunction({ reservedConcurrentExecutions: -1 });
    assert.equal((await local.invoke({}, id)).functionError, undefined);
  });

  it("refuses what would behave otherwise than in AWS", async () => {
    await assert.rejects(
      createFunction({ layers: ["arn"], deadLetterConfig: { targetArn: "arn" } }),
      /^NotEmulated: resize: the local cloud does not emulate deadLetterConfig, layers$/,
    );
    await assert.rejects(
      createFunction({ capacityProviderConfig: {} }),
      /^NotEmulated: resize: the local cloud does not emulate capacityProviderConfig$/,
    );
    await assert.rejects(
      createFunction({ code: undefined }),
      /does not emulate functions without code, handler and runtime/,
    );
  });

  it("creates permissions", async () => {
    await createFunction();
    const permission = await create("aws:lambda/permission:Permission", {
      action: "lambda:InvokeFunction",
      function: arn,
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:api/*",
    });
    assert.equal(permission.outputs.statementId, "resize-1234567");
    await local.lambda.invoke({
      functionName: arn,
      payload: "{}",
      invocationType: "RequestResponse",
      principal: root,
    });
    const { Statement } = local.asked[0]?.resourcePolicy ?? {};
    assert.deepEqual((Statement as unknown[])[0], {
      Sid: "resize-1234567",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arn,
      Condition: {
        ArnLike: { "AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:api/*" },
      },
    });
  });

  it("creates permissions of aliases, which are not the function's", async () => {
    await createFunction({ publish: true });
    await create(aliasType, { name: "live", functionName: arn, functionVersion: "1" });
    await create("aws:lambda/permission:Permission", {
      action: "lambda:InvokeFunction",
      function: arn,
      principal: "apigateway.amazonaws.com",
      qualifier: "live",
    });
    const { document } = local.lambda.find(`${arn}:live`).settings.policy;
    const [statement] = document?.Statement as PolicyStatement[];
    assert.equal(statement?.Resource, `${arn}:live`);
    assert.equal(local.lambda.find(arn).settings.policy.document, undefined);
    assert.equal(local.lambda.find(`${arn}:1`).settings.policy.document, undefined);
  });

  it("refuses permissions with two qualifiers, and of $LATEST", async () => {
    await createFunction({ publish: true });
    const permission = { action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" };
    for (const [target, message] of [
      [{ function: `${arn}:1`, qualifier: "2" }, /does not match the specified qualifier/],
      [{ function: arn, qualifier: "$LATEST" }, /do not support adding policies for \$LATEST/],
    ] as const) {
      await assert.rejects(
        async () => create("aws:lambda/permission:Permission", { ...permission, ...target }),
        { code: "InvalidParameterValueException", message },
      );
    }
  });

  describe("published versions", () => {
    const outputsOf = async (more: Properties = {}) => {
      const { outputs } = await createFunction({ publish: true, ...more });
      return outputs;
    };

    it("are outputs of the function", async () => {
      const outputs = await outputsOf();
      assert.equal(outputs.version, "1");
      assert.equal(outputs.qualifiedArn, `${arn}:1`);
      assert.equal(
        outputs.qualifiedInvokeArn,
        `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}:1/invocations`,
      );
      assert.equal(outputs.arn, arn);
      assert.equal(outputs.publish, true);
      assert.equal((await local.invoke({}, `${arn}:1`)).result, "images");
    });

    it("are foretold as they come to be", async () => {
      await outputsOf();
      const plan = async (more: Properties) => {
        const request = plannedRequest("aws:lambda/function:Function", {
          ...{ ...inputs, name: "resize-1234567", publish: true },
          ...more,
        });
        const planned = await lambdaResources(local.lambda, account)[request.type]?.(request);
        return planned ?? assert.fail();
      };
      assert.equal((await plan({})).outputs.version, "1");
      assert.equal((await plan({ tags: { Team: "a" } })).outputs.version, "1");
      const changed = await plan({ environment: { variables: { TABLE: "others" } } });
      assert.equal(changed.outputs.version, "2");
      await changed.update?.();
      assert.equal(local.lambda.versions.of("resize-1234567").at(-1)?.version, "2");
      const unpublished = await plan({ timeout: 10, publish: false });
      assert.equal(unpublished.outputs.version, "2");
      await unpublished.update?.();
      assert.equal(local.lambda.versions.of("resize-1234567").length, 2);
    });

    it("are none where nobody asks for them", async () => {
      const { outputs } = await createFunction();
      assert.equal(outputs.version, "$LATEST");
      assert.deepEqual(local.lambda.versions.of("resize-1234567"), []);
    });
  });

  describe("event invoke configs", () => {
    const type = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
    const destination = "arn:aws:sqs:eu-west-1:123456789012:failures";

    it("say how often events are retried and where they go", async () => {
      const { id: functionName } = await createFunction({
        code: new asset.AssetArchive({
          "index.js": new asset.StringAsset("exports.handler = async () => { throw 1; };"),
        }),
      });
      const config = {
        functionName,
        maximumRetryAttempts: 0,
        maximumEventAgeInSeconds: 60,
        destinationConfig: { onFailure: { destination } },
      };
      const { id, outputs } = await create(type, config);
      assert.equal(id, functionName);
      assert.deepEqual(outputs, { ...config, region: "eu-west-1" });
      await local.lambda.invoke({
        functionName,
        payload: "{}",
        invocationType: "Event",
        principal: root,
      });
      while (local.sent.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });

    it("have the defaults of AWS", async () => {
      const { id: functionName } = await createFunction();
      const { outputs } = await create(type, { functionName });
      assert.equal(outputs.maximumRetryAttempts, 2);
    });

    it("are those of an alias alone", async () => {
      const { id: functionName } = await createFunction({ publish: true });
      await create(aliasType, { name: "live", functionName, functionVersion: "1" });
      const config = { functionName, qualifier: "live", maximumRetryAttempts: 0 };
      const { id } = await create(type, config);
      assert.equal(id, `${functionName}:live`);
      const attempts = (reference: string) =>
        local.lambda.find(reference).settings.eventInvoke.maximumRetryAttempts;
      assert.equal(attempts(`${functionName}:live`), 0);
      assert.equal(attempts(`${functionName}:1`), 2);
      assert.equal(attempts(functionName), 2);
      await assert.rejects(async () => create(type, { ...config, qualifier: "gone" }), {
        code: "ResourceNotFoundException",
      });
    });
  });

  describe("event source mappings", () => {
    const type = "aws:lambda/eventSourceMapping:EventSourceMapping";
    const eventSourceArn =
      "arn:aws:dynamodb:eu-west-1:123456789012:table/images/stream/2026-01-01T00:00:00.000";
    const destinationArn = "arn:aws:sqs:eu-west-1:123456789012:failures";

    beforeEach(async () => {
      await local.stop();
      const stream = {
        shardId: "shardId-1",
        begin: "1",
        end: () => "2",
        read: () => Promise.resolve([]),
        follow: () => () => undefined,
      };
      local = await LocalLambda.start({ streams: { open: () => stream } });
    });

    it("say from where a function gets records, and what becomes of those that it fails on", async () => {
      await createFunction();
      const inputs = {
        functionName: arn,
        eventSourceArn,
        startingPosition: "TRIM_HORIZON",
        batchSize: 10,
        bisectBatchOnFunctionError: true,
        functionResponseTypes: ["ReportBatchItemFailures"],
        maximumBatchingWindowInSeconds: 1,
        maximumRecordAgeInSeconds: 3600,
        filterCriteria: { filters: [{ pattern: '{"eventName":["INSERT"]}' }] },
        destinationConfig: { onFailure: { destinationArn } },
      };
      const { id, outputs } = await create(type, inputs);
      const { lastModified, ...others } = outputs;
      assert.match(String(lastModified), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.deepEqual(others, {
        ...inputs,
        arn: `arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:${id}`,
        functionArn: arn,
        lastProcessingResult: "No records processed",
        maximumRetryAttempts: -1,
        parallelizationFactor: 1,
        region: "eu-west-1",
        state: "Enabled",
        stateTransitionReason: "USER_INITIATED",
        tagsAll: {},
        uuid: id,
      });
      assert.match(id, /^.{8}-.{4}-4.{3}-a.{3}-.{12}$/);
      const { settings } = local.lambda.eventSources.find(id) ?? assert.fail();
      const { patterns, ...declared } = settings;
      assert.equal(patterns.length, 1);
      assert.deepEqual(declared, {
        uuid: id,
        functionName: arn,
        eventSourceArn,
        startingPosition: "TRIM_HORIZON",
        enabled: true,
        batchSize: 10,
        maximumBatchingWindowSeconds: 1,
        maximumRecordAgeSeconds: 3600,
        maximumRetryAttempts: -1,
        bisectBatchOnFunctionError: true,
        reportsBatchItemFailures: true,
        filters: ['{"eventName":["INSERT"]}'],
        onFailure: destinationArn,
      });
    });

    it("are refused with other sources, and more than one batch at a time", async () => {
      const { id: functionName } = await createFunction();
      const mapping = { functionName, eventSourceArn, startingPosition: "TRIM_HORIZON" };
      for (const [inputs, why] of [
        [{ ...mapping, eventSourceArn: destinationArn }, /no streams of DynamoDB/],
        [{ ...mapping, startingPosition: "AT_TIMESTAMP" }, /no streams of DynamoDB/],
        [{ ...mapping, parallelizationFactor: 2 }, /parallelizationFactor 2/],
        [{ ...mapping, topics: ["one"] }, /topics/],
      ] as const) {
        await assert.rejects(async () => create(type, inputs), why);
      }
    });
  });

  describe("function URLs", () => {
    const type = "aws:lambda/functionUrl:FunctionUrl";

    it("have the outputs of the provider, and an address of this machine", async () => {
      const { id: functionName } = await createFunction();
      const { id, outputs } = await create(type, { functionName, authorizationType: "AWS_IAM" });
      assert.equal(id, functionName);
      const { functionUrl, urlId, ...rest } = outputs;
      assert.match(String(functionUrl), /^http:\/\/127\.0\.0\.1:\d+\/$/);
      assert.match(String(urlId), /^[a-z0-9]{32}$/);
      assert.deepEqual(rest, {
        authorizationType: "AWS_IAM",
        functionArn: arn,
        functionName,
        invokeMode: "BUFFERED",
        region: "eu-west-1",
      });
    });

    it("take the function's ARN", async () => {
      await createFunction();
      const { id } = await create(type, { functionName: arn, authorizationType: "AWS_IAM" });
      assert.equal(id, "resize-1234567");
    });

    it("are opened to the public with NONE, as by the provider", async () => {
      const { id: functionName } = await createFunction();
      const { outputs } = await create(type, { functionName, authorizationType: "NONE" });
      const answer = await fetch(String(outputs.functionUrl));
      assert.deepEqual([answer.status, await answer.text()], [200, "images"]);
      const asked = local.asked.find(({ action }) => action === "lambda:InvokeFunction");
      const statements = asked?.resourcePolicy?.Statement as PolicyStatement[];
      assert.deepEqual(
        statements.map(({ Action, Condition, Principal }) => [Action, Principal, Condition]),
        [
          [
            "lambda:InvokeFunctionUrl",
            "*",
            { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
          ],
          ["lambda:InvokeFunction", "*", { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }],
        ],
      );
    });

    it("are permitted to services by what the provider's permissions say", async () => {
      const { id: functionName } = await createFunction();
      const permission = "aws:lambda/permission:Permission";
      const principal = "cloudfront.amazonaws.com";
      await create(permission, {
        function: functionName,
        principal,
        statementId: "url",
        action: "lambda:InvokeFunctionUrl",
        functionUrlAuthType: "AWS_IAM",
      });
      await assert.rejects(
        async () =>
          create(permission, {
            function: functionName,
            principal,
            statementId: "wrong",
            action: "lambda:InvokeFunction",
            functionUrlAuthType: "AWS_IAM",
          }),
        { code: "InvalidParameterValueException" },
      );
    });

    it("are refused with streams, and for versions", async () => {
      const { id: functionName } = await createFunction({ publish: true });
      const url = { functionName, authorizationType: "AWS_IAM" };
      await assert.rejects(create(type, { ...url, invokeMode: "RESPONSE_STREAM" }), {
        code: "NotImplemented",
      });
      for (const qualifier of ["1", "$LATEST"]) {
        await assert.rejects(create(type, { ...url, qualifier }), { code: "ValidationException" });
      }
    });

    it("lead to an alias, beside the function's own", async () => {
      const { id: functionName } = await createFunction({ publish: true });
      await create(aliasType, { name: "live", functionName, functionVersion: "1" });
      const url = { functionName, authorizationType: "NONE" };
      const own = await create(type, url);
      await local.lambda.updateFunction({
        ...(local.lambda.functions()[0]?.definition ?? assert.fail()),
        environment: { TABLE: "others" },
        zip: zipOf({ "index.js": "exports.handler = async () => process.env.TABLE;" }),
      });
      const { id, outputs } = await create(type, { ...url, qualifier: "live" });
      assert.equal(id, `${functionName}/live`);
      assert.equal(outputs.functionArn, `${arn}:live`);
      assert.notEqual(outputs.functionUrl, own.outputs.functionUrl);
      const answerOf = async (address: unknown) => (await fetch(String(address))).text();
      assert.equal(await answerOf(outputs.functionUrl), "images");
      assert.equal(await answerOf(own.outputs.functionUrl), "others");
    });
  });
});
