import assert from "node:assert/strict";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { AwsError } from "../../../aws/aws-error";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials, PolicyStatement } from "../../../aws/iam/types";
import { Kms } from "../../../aws/kms/kms";
import type { EventInvoker } from "../../../aws/s3/notifications/configuration";
import { S3 } from "../../../aws/s3/s3";
import type { S3Options } from "../../../aws/s3/s3";

export const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };

/** Stands for a Lambda in which there is no function. */
const noFunctions: EventInvoker = {
  authorize: () => {
    throw new AwsError("ResourceNotFoundException", "Function not found", 404);
  },
  invoke: () => assert.fail("no event was expected"),
};

/** An S3 with real signatures and policies, on a folder of its own. */
export interface Fixture {
  readonly s3: S3;
  readonly iam: Iam;
  readonly kms: Kms;
  /** Signed by the account's root. */
  readonly client: S3Client;
  readonly dataDir: string;
  /** What the services said to the person at the console. */
  readonly notes: string[];
  /** Moves the clock of the services. */
  advance(milliseconds: number): void;
  clientOf(config: Partial<S3ClientConfig>): S3Client;
  /** Credentials of a new role with these statements as its policy. */
  roleWith(...statements: PolicyStatement[]): Credentials;
  /** Stops the S3 and starts another on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startS3(options: Partial<S3Options> = {}): Promise<Fixture> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), "s3-"));
  const notes: string[] = [];
  const clients: S3Client[] = [];
  let offset = 0;
  let roles = 0;
  const service = {
    account,
    notify: (line: string) => notes.push(line),
    clock: () => new Date(Date.now() + offset),
  };
  const iam = new Iam({ ...service, dataDir: path.join(dataDir, "iam") });
  const access = { authenticator: iam, authorizer: iam };
  const kms = new Kms({ ...service, ...access, dataDir });
  const newS3 = () =>
    new S3({
      ...service,
      dataDir: path.join(dataDir, "s3"),
      ...access,
      keys: kms,
      invoker: noFunctions,
      ...options,
    });
  let s3 = newS3();
  await s3.start();
  const clientOf = (config: Partial<S3ClientConfig>) => {
    const made = new S3Client({
      region: account.region,
      endpoint: s3.url,
      forcePathStyle: true,
      credentials: iam.administrator,
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  };
  let client = clientOf({});
  const close = async () => {
    for (const each of clients) {
      each.destroy();
    }
    await s3.stop();
    await fs.rm(dataDir, { recursive: true });
  };
  return {
    get s3() {
      return s3;
    },
    get client() {
      return client;
    },
    iam,
    kms,
    dataDir: path.join(dataDir, "s3"),
    notes,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    clientOf,
    roleWith: (...statements) => roleWith(iam, `role-${++roles}`, statements),
    restart: async () => {
      await s3.stop();
      s3 = newS3();
      await s3.start();
      client = clientOf({});
    },
    close,
  };
}

function roleWith(iam: Iam, name: string, statements: PolicyStatement[]): Credentials {
  const trust = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  };
  const role = iam.createRole({ name, assumeRolePolicy: JSON.stringify(trust) });
  if (statements.length > 0) {
    const document = { Version: "2012-10-17", Statement: statements };
    iam.putRolePolicy(name, "own", JSON.stringify(document));
  }
  return iam.assumeRole({
    roleArn: role.arn,
    sessionName: "session",
    service: "lambda.amazonaws.com",
  });
}

/** Asserts that a call fails with S3's error `code`. */
export async function refused(
  call: Promise<unknown>,
  code: string,
  status?: number,
): Promise<S3ServiceException> {
  const error: unknown = await call.then(
    () => assert.fail(`${code} was expected`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof S3ServiceException, String(error));
  assert.equal(error.name, code, error.message);
  if (status !== undefined) {
    assert.equal(error.$metadata.httpStatusCode, status);
  }
  return error;
}

/** The status and the code of an XML error. */
export async function errorOf(response: Response): Promise<{ status: number; code: string }> {
  const [, code = ""] = /<Code>(.*?)<\/Code>/.exec(await response.text()) ?? [];
  return { status: response.status, code };
}
