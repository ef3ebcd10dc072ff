import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { Iam } from "../local/aws/iam/iam";
import { parseResourcePolicy } from "../local/aws/iam/resource-policy";
import type { AuthorizationRequest } from "../local/aws/iam/types";
import { Kms } from "../local/aws/kms/kms";
import type { Measurement, SectionOptions } from "./support/section";

const maxMicroseconds = 50;
const maxShare = 0.05;
const decisionsPerRound = 5_000;
const requestsPerRound = 100;

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const keyId = "11111111-2222-4333-8444-555555555555";
const roleArn = "arn:aws:iam::123456789012:role/upload";
const sessionArn = "arn:aws:sts::123456789012:assumed-role/upload/upload-image";

/** Measures the local IAM. */
export async function measure({
  rounds,
  progress,
  shutdown,
}: SectionOptions): Promise<Measurement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-iam-"));
  shutdown.add(() => rm(dataDir, { recursive: true }));
  const common = { account, dataDir, notify: () => undefined, clock: () => new Date() };
  const iam = new Iam(common);
  const kms = new Kms({ ...common, authenticator: iam, authorizer: iam });
  createRole(iam);
  kms.createKey({ keyId });
  await kms.start();
  shutdown.add(() => kms.stop());
  const client = new KMSClient({
    endpoint: kms.url,
    region: account.region,
    credentials: iam.administrator,
  });
  const requests: number[] = [];
  const decisions = Object.entries(questions()).map(([name, question]) => ({
    name,
    question,
    times: [] as number[],
  }));
  try {
    for (let round = 0; round < rounds; round++) {
      progress(`round ${round + 1} of ${rounds}`);
      const request = new DescribeKeyCommand({ KeyId: keyId });
      requests.push(await microseconds(requestsPerRound, () => client.send(request)));
      for (const { question, times } of decisions) {
        times.push(await microseconds(decisionsPerRound, () => iam.authorize(question)));
      }
    }
  } finally {
    client.destroy();
  }
  return decisions.flatMap(({ name, times }) => {
    const figure = { what: name, unit: "µs", ours: times };
    return [
      { ...figure, how: "a decision", target: { atMost: maxMicroseconds } },
      {
        ...figure,
        how: "a decision of a request",
        other: { name: "a request", values: requests },
        target: { atMost: maxShare },
      },
    ];
  });
}

/** The role of a function that uses a bucket, a table, a key and logs, with a large policy besides. */
function createRole(iam: Iam): void {
  const trust = {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  iam.createRole({ name: "upload", assumeRolePolicy: JSON.stringify({ Statement: trust }) });
  iam.attachRolePolicy(
    "upload",
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  );
  const large = Array.from({ length: 30 }, (_, index) => ({
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:Query"],
    Resource: `arn:aws:dynamodb:*:123456789012:table/table-${index}/*`,
    Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "user-*" } },
  }));
  const uploads = {
    Sid: "Upload",
    Effect: "Allow",
    Action: ["s3:PutObject", "s3:DeleteObject*"],
    Resource: "arn:aws:s3:::images/images/*",
    Condition: { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } },
  };
  const document = { Version: "2012-10-17", Statement: [...large, uploads] };
  iam.putRolePolicy("upload", "large", JSON.stringify(document));
}

function questions(): Readonly<Record<string, AuthorizationRequest>> {
  const resourcePolicy = parseResourcePolicy({
    Version: "2012-10-17",
    Statement: {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::images", "arn:aws:s3:::images/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  });
  const put: AuthorizationRequest = {
    principal: { kind: "role", arn: sessionArn, roleArn },
    action: "s3:PutObject",
    resource: `arn:aws:s3:::images/images/${"0123456789abcdef".repeat(4)}.jpg`,
    resourcePolicy,
    context: { "aws:SecureTransport": "true", "aws:SourceIp": "127.0.0.1" },
  };
  return {
    "allowed by the last of 32 statements": put,
    "denied by the bucket's policy": { ...put, context: { "aws:SecureTransport": "false" } },
    "allowed by no statement": { ...put, action: "s3:GetObject" },
  };
}

/** Microseconds of one `act`. */
async function microseconds(count: number, act: () => unknown): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) {
    await act();
  }
  return ((performance.now() - start) * 1000) / count;
}
