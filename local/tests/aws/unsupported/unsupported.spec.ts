import assert from "node:assert/strict";
import { createServer } from "node:http";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { close, listen } from "../../../aws/http";
import { Unsupported } from "../../../aws/unsupported/unsupported";

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe("Unsupported", () => {
  let service: Unsupported;
  let notices: string[];

  beforeEach(async () => {
    notices = [];
    service = new Unsupported({ notify: (line) => notices.push(line) });
    await service.start();
  });
  afterEach(() => service.stop());

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

  it("frees its port when it stops", async () => {
    const port = Number(new URL(service.url).port);
    await service.stop();
    const other = createServer();
    assert.equal(await listen(other, port), port);
    await close(other);
  });
});
