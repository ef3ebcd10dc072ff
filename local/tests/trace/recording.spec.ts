import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { build } from "esbuild";
import { zipSync } from "fflate";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";
import type { RequestDetails } from "../../trace/types";
import { runtime } from "../aws/lambda/support/local-lambda";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const Bucket = "recorded-photos";
const functionName = "recorded-reader";
const functionArn = `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`;
const apiKey = "0123456789abcdefghij";

/** Reads an object, which it may, and writes one, which it may not. */
const handler = `
const { S3Client, GetObjectCommand, PutObjectCommand } = require("@aws-sdk/client-s3");
const s3 = new S3Client({ maxAttempts: 1 });
exports.handler = async (event) => {
  if (event.fail) {
    throw new TypeError("no such thing");
  }
  const object = await s3.send(new GetObjectCommand({ Bucket: "${Bucket}", Key: "a.txt" }));
  await s3.send(new PutObjectCommand({ Bucket: "${Bucket}", Key: "b.txt", Body: "b" })).catch(() => 0);
  console.log("read it");
  const body = await object.Body.transformToString();
  return { statusCode: 201, headers: { "Set-Cookie": "session=0123456789abcdef" }, body };
};`;

async function archive(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: handler, resolveDir: __dirname },
    bundle: true,
    platform: "node",
    write: false,
  });
  return zipSync({ "index.js": outputFiles[0]?.contents ?? new Uint8Array() }, { level: 1 });
}

function openApi(): string {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  const get = {
    responses: {},
    "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri },
  };
  return JSON.stringify({
    openapi: "3.0.3",
    info: { title: "recorded", version: "1" },
    paths: { "/photos/{id}": { post: get } },
  });
}

describe("A cloud records", () => {
  let dataDir: string;
  let cloud: RunningCloud;
  let apiUrl: string;
  const lines: string[] = [];

  before(async function () {
    this.timeout(60_000);
    dataDir = await mkdtemp(join(tmpdir(), "recorded-"));
    const notify = (line: string) => lines.push(line);
    const backoff = () => Promise.resolve();
    cloud = await startCloud({ port: 0, dataDir, account, notify, lambda: { backoff } });
    const { iam, services } = cloud;
    const roleArn = iam.createRole({
      name: "reader",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    }).arn;
    const statement = (Sid: string, Action: string[], Resource: string) => ({
      Sid,
      Effect: "Allow",
      Action,
      Resource,
    });
    iam.putRolePolicy(
      "reader",
      "reading",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          statement("Read", ["s3:GetObject"], `arn:aws:s3:::${Bucket}/*`),
          statement("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], "*"),
        ],
      }),
    );
    services.logs.createLogGroup({ name: `/aws/lambda/${functionName}` });
    services.s3.createBucket(Bucket);
    await new S3Client({
      region: account.region,
      endpoint: services.s3.url,
      credentials: iam.administrator,
      forcePathStyle: true,
    }).send(new PutObjectCommand({ Bucket, Key: "a.txt", Body: "found" }));
    await services.lambda.createFunction({
      name: functionName,
      runtime,
      handler: "index.handler",
      roleArn,
      zip: await archive(),
      timeoutSeconds: 30,
      memoryMb: 256,
    });
    services.lambda.addPermission({
      functionName,
      statementId: "all",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
    });
    services.lambda.addPermission({
      functionName,
      statementId: "rules",
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
    });
    const { apigateway } = services;
    const api = await apigateway.createRestApi({ name: "recorded", body: openApi() });
    const { id } = apigateway.createDeployment({ restApiId: api.id });
    apigateway.createStage({ restApiId: api.id, deploymentId: id, stageName: "prod" });
    apiUrl = await apigateway.invokeUrl(api.id, "prod");
  });

  after(async () => {
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  /** The request of an id, once it has ended. */
  async function ended(id: string): Promise<RequestDetails> {
    const isOver = () => cloud.traces.details(id)?.durationMs !== undefined;
    if (!isOver()) {
      await new Promise<void>((resolve) => {
        const stop = cloud.traces.subscribe(() => {
          if (isOver()) {
            stop();
            resolve();
          }
        });
      });
    }
    const details = cloud.traces.details(id);
    assert.ok(details);
    return details;
  }

  it("a request to an API with what its function did, and what decided about each call", async () => {
    const response = await fetch(`${apiUrl}/photos/7?x-api-key=${apiKey}&size=2`, {
      method: "POST",
      headers: { "x-api-key": apiKey, "Content-Type": "text/plain" },
      body: "sent",
    });
    assert.equal(await response.text(), "found");
    const trace = await ended(response.headers.get("x-amzn-requestid") ?? "");
    assert.equal(trace.source, "api");
    assert.equal(trace.method, "POST");
    assert.equal(trace.path, "/prod/photos/7");
    assert.equal(trace.route, "/photos/{id}");
    assert.equal(trace.status, 201);
    assert.deepEqual(trace.query, [
      ["x-api-key", "0123…"],
      ["size", "2"],
    ]);
    assert.equal(trace.requestBody?.text, "sent");
    assert.equal(trace.responseBody?.text, "found");
    assert.deepEqual(
      trace.responseHeaders.find(([name]) => name === "Set-Cookie"),
      ["Set-Cookie", "sess…"],
    );
    assert.equal(JSON.stringify(trace).includes(apiKey), false);
    const [invocation] = trace.invocations;
    assert.equal(invocation?.functionName, functionName);
    assert.equal(invocation.cold, true);
    assert.ok((invocation.initMs ?? 0) > 0);
    assert.ok(invocation.logLines.some((line) => line.endsWith("read it")));
    assert.match(invocation.logLines[0] ?? "", /^INIT_START/);
    assert.match(invocation.logLines.at(-1) ?? "", /^REPORT/);
    const resource = (key: string) => `arn:aws:s3:::${Bucket}/${key}`;
    assert.deepEqual(
      invocation.calls.map(({ startMs, durationMs, decisions, ...call }) => {
        assert.ok(startMs > 0 && durationMs !== undefined && decisions.length === 1);
        return call;
      }),
      [
        {
          service: "s3",
          operation: "GetObject",
          status: 200,
          action: "s3:GetObject",
          resource: resource("a.txt"),
          decision: "allowed",
          reason: 'statement "Read" of inline policy reading allows it',
        },
        {
          service: "s3",
          operation: "PutObject",
          status: 403,
          errorCode: "AccessDenied",
          action: "s3:PutObject",
          resource: resource("b.txt"),
          decision: "denied",
          reason: "no statement of its policies allows it",
        },
      ],
    );
    const again = cloud.traces.replayable(trace.id);
    assert.ok(again);
    const { method, url, headers, body } = again;
    const replayed = await fetch(url, {
      method,
      body: Uint8Array.from(body),
      headers: headers.filter(([name]) => !/^(?:connection|host|content-length)$/i.test(name)),
    });
    assert.equal(replayed.status, 201);
  });

  it("a request that no function answers", async () => {
    const missing = await fetch(`${apiUrl}/nothing`);
    const trace = await ended(missing.headers.get("x-amzn-requestid") ?? "");
    assert.equal(trace.status, missing.status);
    assert.deepEqual(trace.invocations, []);
    const unknown = await fetch(apiUrl.replace("/prod", "/other"));
    const { path, status } = await ended(unknown.headers.get("x-amzn-requestid") ?? "");
    assert.deepEqual([path, status], ["/other", 403]);
  });

  it("an invocation that no request has led to, and the error that it ends with", async () => {
    const client = new LambdaClient({
      region: account.region,
      endpoint: cloud.services.lambda.url,
      credentials: cloud.iam.administrator,
    });
    const Payload = JSON.stringify({ fail: true });
    const { $metadata } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload }),
    );
    client.destroy();
    const trace = await ended($metadata.requestId ?? "");
    assert.equal(trace.source, "invoke");
    assert.equal(trace.method, "INVOKE");
    assert.equal(trace.path, functionName);
    // As Lambda answers it.
    assert.equal(trace.status, 200);
    const { type, message, stack } = trace.invocations[0]?.error ?? {};
    assert.equal(type, "TypeError");
    assert.equal(message, "no such thing");
    assert.match(stack?.[0] ?? "", /^index\.js:\d+:\d+$/);
  });

  it("an event with each of its attempts, and a schedule by the name of its rule", async () => {
    const { lambda } = cloud.services;
    const principal = { kind: "root" as const, arn: "arn:aws:iam::123456789012:root" };
    const { requestId } = await lambda.invoke({
      functionName,
      payload: '{"fail":true}',
      invocationType: "Event",
      principal,
    });
    const event = await ended(requestId);
    assert.deepEqual([event.source, event.method, event.path], ["event", "EVENT", functionName]);
    assert.equal(event.status, undefined);
    assert.equal(event.invocations.length, 3);
    assert.equal(event.requestBody?.text, '{"fail":true}');
    const heard = new Promise<string>((resolve) => {
      const stop = cloud.traces.subscribe((each) => {
        if (each.kind === "ended" && each.summary.source === "schedule") {
          stop();
          resolve(each.summary.id);
        }
      });
    });
    await lambda.invoke({
      functionName,
      payload: "{}",
      invocationType: "Event",
      principal: { kind: "service", service: "events.amazonaws.com" },
      sourceArn: "arn:aws:events:us-east-1:123456789012:rule/nightly",
    });
    const schedule = await ended(await heard);
    assert.deepEqual([schedule.method, schedule.path], ["SCHEDULE", "rule/nightly"]);
    assert.equal(schedule.status, undefined);
  });

  it("a request to a function's URL, and one to a distribution", async () => {
    const { lambda, cloudfront } = cloud.services;
    await lambda.createFunctionUrlConfig({
      functionName,
      urlId: "u",
      config: { authType: "NONE" },
    });
    for (const [action, more] of [
      ["lambda:InvokeFunctionUrl", { functionUrlAuthType: "NONE" }],
      ["lambda:InvokeFunction", { invokedViaFunctionUrl: true }],
    ] as const) {
      const statementId = action.replace(":", "-");
      lambda.addPermission({ functionName, statementId, action, principal: "*", ...more });
    }
    const host = await lambda.urls.hostOf(functionName);
    const response = await fetch(`http://${host}/any/path?a=1`);
    const byUrl = await ended(response.headers.get("x-amzn-requestid") ?? "");
    assert.deepEqual([byUrl.source, byUrl.path, byUrl.status], ["url", "/any/path", 201]);
    assert.equal(byUrl.invocations[0]?.functionName, functionName);
    assert.equal(cloud.traces.replayable(byUrl.id)?.url, `http://${host}/any/path?a=1`);

    await cloudfront.createDistribution("E1A2B3C4D5E6F7", {
      enabled: true,
      origins: [
        { originId: "o", domainName: `${Bucket}.s3.us-east-1.amazonaws.com`, originPath: "" },
      ],
      defaultCacheBehavior: {
        targetOriginId: "o",
        viewerProtocolPolicy: "allow-all",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        compress: false,
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      orderedCacheBehaviors: [],
      customErrorResponses: [],
    });
    const [plainUrl] = Object.values(cloudfront.plainUrls);
    const viewed = await fetch(`${plainUrl ?? ""}/a.txt?Signature=0123456789abcdef`);
    const edge = await ended(viewed.headers.get("x-amz-cf-id") ?? "");
    assert.deepEqual([edge.source, edge.status, edge.cache], ["edge", viewed.status, "Error"]);
    assert.deepEqual(edge.query, [["Signature", "0123…"]]);
    assert.equal(
      cloud.traces.replayable(edge.id)?.url,
      `${plainUrl ?? ""}/a.txt?Signature=0123456789abcdef`,
    );
  });
});
