/**
 * What a decision of the local IAM costs, in microseconds and as a share of a local request.
 *
 * Exits with 1 when a decision takes more than 50 µs or 5 % of a request.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { Iam } from "../local/aws/iam/iam";
import { parseResourcePolicy } from "../local/aws/iam/resource-policy";
import type { AuthorizationRequest } from "../local/aws/iam/types";
import { Kms } from "../local/aws/kms/kms";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";

const maxMicroseconds = 50;
const maxShare = 0.05;
const rounds = 5;
const decisionsPerRound = 5_000;
const requestsPerRound = 100;

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const keyId = "11111111-2222-4333-8444-555555555555";
const roleArn = "arn:aws:iam::123456789012:role/upload";
const sessionArn = "arn:aws:sts::123456789012:assumed-role/upload/upload-image";

async function main(): Promise<number> {
  parseNoOptions(
    "bench:iam",
    "Measures what a decision of the local IAM costs.",
    process.argv.slice(2),
  );
  const passed: boolean[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), "bench-iam-"));
  const common = { account, dataDir, notify: () => undefined, clock: () => new Date() };
  const iam = new Iam(common);
  const kms = new Kms({ ...common, authenticator: iam, authorizer: iam });
  createRole(iam);
  kms.createKey({ keyId });
  await kms.start();
  const client = new KMSClient({
    endpoint: kms.url,
    region: account.region,
    credentials: iam.administrator,
  });
  try {
    const request = await fastest(requestsPerRound, async () => {
      await client.send(new DescribeKeyCommand({ KeyId: keyId }));
    });
    console.log(`a request to KMS, signed and answered: ${request.toFixed(0)} µs`);
    for (const [name, question] of Object.entries(questions())) {
      const cost = await fastest(decisionsPerRound, () => {
        iam.authorize(question);
      });
      passed.push(report(name, cost, request));
    }
  } finally {
    client.destroy();
    await kms.stop();
    rmSync(dataDir, { recursive: true });
  }
  return passed.every(Boolean) ? 0 : 1;
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

/** Microseconds of one `act`, of the fastest of some rounds: what disturbs only makes it slower. */
async function fastest(count: number, act: () => void | Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (let index = 0; index < count; index += 1) {
      await act();
    }
    best = Math.min(best, ((performance.now() - start) * 1000) / count);
  }
  return best;
}

function report(name: string, cost: number, request: number): boolean {
  const share = cost / request;
  const passed = cost <= maxMicroseconds && share <= maxShare;
  const text = `${cost.toFixed(1)} µs, ${(share * 100).toFixed(2)} % of a request`;
  console.log(`${passed ? "ok  " : "FAIL"} ${name}: ${text}`);
  return passed;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
