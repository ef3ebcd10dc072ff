import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { close, listen } from "../../../aws/http";
import { Endpoint } from "../../../aws/endpoint/endpoint";

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe("Endpoint", () => {
  let dataDir: string;
  let service: Endpoint;
  let services: Record<string, RequestListener>;
  let notices: string[];

  const open = async () => {
    const notify = (line: string) => notices.push(line);
    service = new Endpoint({ dataDir, notify, services: () => services });
    await service.start();
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "endpoint-"));
    notices = [];
    services = {};
    await open();
  });
  afterEach(async () => {
    await service.stop();
    await rm(dataDir, { recursive: true });
  });

  const settings = () => ({
    endpoint: service.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
  });

  const sdkCalls: [string, () => Promise<unknown>][] = [
    [
      "DescribeAlarms of monitoring",
      () => new CloudWatchClient(settings()).send(new DescribeAlarmsCommand()),
    ],
    ["ListTopics of sns", () => new SNSClient(settings()).send(new ListTopicsCommand())],
    [
      "DescribeKey of kms",
      () => new KMSClient(settings()).send(new DescribeKeyCommand({ KeyId: "a" })),
    ],
    [
      "GET /2015-03-31/functions of lambda",
      () => new LambdaClient(settings()).send(new ListFunctionsCommand()),
    ],
    ["GET / of s3", () => new S3Client(settings()).send(new ListBucketsCommand())],
  ];
  for (const [what, call] of sdkCalls) {
    it(`tells the SDK, in its own protocol, and the person here: ${what}`, async () => {
      const message = `The local cloud does not emulate ${what}.`;
      await assert.rejects(call(), { name: "NotImplemented", message });
      assert.deepEqual(notices, [message]);
    });
  }

  for (const [what, headers, body, path, answer] of [
    [
      "GetCallerIdentity of sts",
      { authorization: scope("sts"), "content-type": "application/x-www-form-urlencoded" },
      "Action=GetCallerIdentity&Version=2011-06-15",
      "/",
      /^<\?xml.*<ErrorResponse.*<Code>NotImplemented<\/Code><Message>The local cloud does not emulate GetCallerIdentity of sts\.</s,
    ],
    [
      "DescribeInstances of ec2",
      { authorization: scope("ec2"), "content-type": "application/x-www-form-urlencoded" },
      "Action=DescribeInstances",
      "/",
      /<Response><Errors><Error><Code>NotImplemented<\/Code>/,
    ],
    [
      "FilterLogEvents of logs",
      { authorization: scope("logs"), "x-amz-target": "Logs_20140328.FilterLogEvents" },
      "{}",
      "/",
      /^\{"__type":"NotImplemented","message":"The local cloud does not emulate FilterLogEvents of logs\."\}$/,
    ],
    [
      "POST /2020-05-31/distribution of cloudfront",
      { authorization: scope("cloudfront") },
      "<x/>",
      "/2020-05-31/distribution",
      /<Error><Type>Receiver<\/Type><Code>NotImplemented<\/Code>/,
    ],
    [
      "GetCallerIdentity of sts",
      {},
      "",
      "/?Action=GetCallerIdentity&X-Amz-Credential=AKID%2F20260131%2Fus-east-1%2Fsts%2Faws4_request",
      /<Code>NotImplemented<\/Code>/,
    ],
    ["POST /x&lt; of this service", {}, "", "/x&lt;", /"x-amzn-errortype"|"NotImplemented"/],
  ] as const) {
    it(`answers 501 to ${what}, asked at ${path}`, async () => {
      const response = await fetch(`${service.url}${path}`, {
        method: "POST",
        headers: headers as Record<string, string>,
        body,
      });
      assert.equal(response.status, 501);
      assert.match(await response.text(), answer);
      assert.deepEqual(notices, [`The local cloud does not emulate ${what}.`]);
    });
  }

  it("leads a request to the service that it is signed for, in its header or its URL", async () => {
    const answer =
      (name: string): RequestListener =>
      (request, response) => {
        response.end(`${name} ${request.url ?? ""}`);
      };
    services = { sts: answer("sts"), s3: answer("s3") };
    const asked = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`${service.url}${path}`, { headers })).text();

    assert.equal(await asked("/a", { authorization: scope("sts") }), "sts /a");
    const presigned = "/?X-Amz-Credential=AKID%2F20260131%2Fus-east-1%2Fs3%2Faws4_request";
    assert.equal(await asked(presigned), `s3 ${presigned}`);
    assert.deepEqual(notices, []);
  });

  it("takes what nobody signed for S3's, which knows public objects and forms", async () => {
    services = { s3: (_request, response) => response.end("from S3") };
    const response = await fetch(`${service.url}/bucket/key`);
    assert.equal(await response.text(), "from S3");
  });

  for (const [body, status, message] of [
    ["Action=AssumeRoleWithSAML&Version=2011-06-15", 501, /emulate AssumeRoleWithSAML of sts/],
    [
      "Action=AssumeRoleWithWebIdentity&Version=2011-06-15",
      501,
      /AssumeRoleWithWebIdentity of sts/,
    ],
    ["Action=ListQueues&Version=2012-11-05", 403, /<Code>MissingAuthenticationToken<\/Code>/],
  ] as const) {
    it(`answers ${body}, which nobody signed, itself`, async () => {
      services = { s3: (_request, response) => response.end("from S3") };
      const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
      const response = await fetch(service.url, { method: "POST", headers, body });
      assert.equal(response.status, status);
      assert.match(await response.text(), message);
    });
  }

  it("answers an operation in JSON's way, which nobody signed, in the same", async () => {
    const headers = { "x-amz-target": "DynamoDB_20120810.ListTables" };
    const response = await fetch(service.url, { method: "POST", headers, body: "{}" });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /"MissingAuthenticationTokenException"/);
  });

  it("has its port again at the next start, or says who has it and where it is now", async () => {
    const { url } = service;
    await service.stop();
    await open();
    assert.equal(service.url, url);
    await service.stop();
    assert.deepEqual(notices, []);

    const other = createServer();
    const port = await listen(other, Number(new URL(url).port));
    await open();
    await close(other);
    const now = new URL(service.url).port;
    assert.notEqual(Number(now), port);
    const holder = process.platform === "linux" ? ` by process ${process.pid} (node)` : "";
    assert.deepEqual(notices, [
      `Port ${port} of the endpoint of all services is taken${holder}; it is at ${now} now, and what was told of ${port} leads astray.`,
    ]);
  });

  it("frees its port when it stops", async () => {
    const port = Number(new URL(service.url).port);
    await service.stop();
    const other = createServer();
    assert.equal(await listen(other, port), port);
    await close(other);
  });
});
