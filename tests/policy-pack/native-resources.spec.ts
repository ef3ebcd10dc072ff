import assert from "node:assert/strict";
import { nativeTypes } from "../../policy-pack/data/native-types";
import { policies } from "../../policy-pack/policies";
import { reportsOf } from "./support/harness";
import { later, type Program, ref, resource } from "./support/program";

const tags = [{ key: "Environment", value: "Production" }];
const account = "123456789012";

/** What the rules of these names report, in the order of the rules. */
async function reportsOn(program: Program, ...names: string[]): Promise<string[]> {
  const judging = policies.filter(({ name }) => names.length === 0 || names.includes(name));
  return await reportsOf(judging, program);
}

function json(...Statement: object[]) {
  return { Version: "2012-10-17", Statement };
}

const open = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };

describe("resources of aws-native that have a counterpart in aws", () => {
  it("are not reported on where they are well built", async () => {
    const key = resource("aws-native:kms:Key", "key", {
      enableKeyRotation: true,
      keyPolicy: json({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      }),
      tags,
    });
    const bucket = resource("aws-native:s3:Bucket", "images", {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          { serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ],
      },
      versioningConfiguration: { status: "Enabled" },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      lifecycleConfiguration: {
        rules: [{ status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
      },
      tags,
    });
    const bucketPolicy = resource("aws-native:s3:BucketPolicy", "images-policy", {
      bucket: ref(bucket),
      policyDocument: json({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    });
    const logGroup = resource("aws-native:logs:LogGroup", "logs", { retentionInDays: 30, tags });
    const role = resource("aws-native:iam:Role", "role", {
      assumeRolePolicyDocument: json({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags,
    });
    const fn = resource("aws-native:lambda:Function", "resize", {
      runtime: "nodejs24.x",
      role: ref(role, "arn"),
      tracingConfig: { mode: "Active" },
      loggingConfig: { logGroup: ref(logGroup) },
      environment: { variables: { STAGE: "production" } },
      deadLetterConfig: { targetArn: `arn:aws:sqs:us-east-1:${account}:failed` },
      tags,
    });
    const table = resource("aws-native:dynamodb:Table", "orders", {
      billingMode: "PAY_PER_REQUEST",
      sseSpecification: { sseEnabled: true },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtectionEnabled: true,
      tags,
    });
    const queue = resource("aws-native:sqs:Queue", "jobs", { sqsManagedSseEnabled: true, tags });
    const topic = resource("aws-native:sns:Topic", "events", { kmsMasterKeyId: ref(key), tags });
    const database = resource("aws-native:rds:DbInstance", "db", { storageEncrypted: true, tags });
    const member = resource("aws-native:rds:DbInstance", "member", {
      dbClusterIdentifier: "orders",
      tags,
    });
    const program = [key, bucket, bucketPolicy, logGroup, role, fn, table, queue, topic];
    assert.deepEqual(await reportsOn([...program, database, member]), []);
  });

  for (const [type, inputs, rule, problem] of [
    ["s3:Bucket", {}, "s3-bucket-require-encryption", "declares no default encryption"],
    ["s3:Bucket", {}, "s3-bucket-require-public-access-block", "has no public access block"],
    [
      "s3:Bucket",
      { publicAccessBlockConfiguration: { blockPublicAcls: true, ignorePublicAcls: true } },
      "s3-bucket-require-public-access-block",
      "does not set blockPublicPolicy, restrictPublicBuckets",
    ],
    ["s3:Bucket", { tags: [] }, "aws-resource-require-tags", "has no tag Environment"],
    [
      "s3:Bucket",
      { versioningConfiguration: { status: "Suspended" } },
      "s3-bucket-require-versioning",
      "keeps no versions",
    ],
    ["sqs:Queue", {}, "sqs-queue-require-encryption", "declares no encryption"],
    ["sns:Topic", {}, "sns-topic-require-encryption", "is not encrypted"],
    [
      "sns:TopicPolicy",
      { policyDocument: json(open) },
      "aws-resource-policy-forbid-any-principal",
      "lets anybody do sns:Publish",
    ],
    ["kms:Key", { keySpec: "SYMMETRIC_DEFAULT" }, "kms-key-require-rotation", "is never rotated"],
    [
      "kms:Key",
      { keyPolicy: json(open) },
      "aws-resource-policy-forbid-any-principal",
      "lets anybody do sns:Publish",
    ],
    [
      "dynamodb:Table",
      { sseSpecification: { sseEnabled: false } },
      "dynamodb-table-require-encryption",
      "is encrypted with a key that is not in the account",
    ],
    ["rds:DbInstance", {}, "rds-instance-require-encryption", "is not encrypted"],
    ["rds:DbCluster", {}, "rds-cluster-require-encryption", "is not encrypted"],
    ["redshift:Cluster", {}, "redshift-cluster-require-encryption", "is not encrypted"],
    [
      "lambda:Function",
      { environment: { variables: { DB_PASS: "hunter2" } } },
      "lambda-function-forbid-environment-secret",
      "has what looks like secrets in DB_PASS",
    ],
    [
      "lambda:Url",
      { authType: "NONE" },
      "lambda-function-url-require-auth",
      "can be called by anybody",
    ],
    [
      "iam:Role",
      {
        assumeRolePolicyDocument: json({ ...open, Action: "sts:AssumeRole" }),
      },
      "iam-role-restrict-trust",
      "can be assumed by anybody",
    ],
    [
      "iam:Role",
      {
        policies: [
          {
            policyName: "all",
            policyDocument: json({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::a" }),
          },
        ],
      },
      "iam-policy-forbid-wildcard-action",
      "allows s3:*",
    ],
    [
      "ec2:SecurityGroup",
      {
        securityGroupIngress: [
          { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp: "0.0.0.0/0" },
        ],
      },
      "ec2-security-group-forbid-open-port",
      "lets the whole internet reach port 22 (SSH)",
    ],
    [
      "kinesis:Stream",
      { streamEncryption: { encryptionType: "NONE" } },
      "kinesis-stream-require-encryption",
      "is not encrypted",
    ],
  ] as const) {
    it(`are reported on: ${type}, ${rule}, ${problem}`, async () => {
      const program = [resource(`aws-native:${type}`, "subject", { tags, ...inputs })];
      const label = `aws-native.${type.replace(":", ".")} "subject"`;
      assert.deepEqual(await reportsOn(program, rule), [`${rule}: ${label} ${problem}`]);
    });
  }

  it("are not judged before the deployment where they are not known", async () => {
    const source = resource("aws:sqs/queue:Queue", "source", { sqsManagedSseEnabled: true });
    const stream = resource("aws-native:kinesis:Stream", "stream", {
      streamEncryption: later({ encryptionType: "NONE" }, source),
    });
    assert.deepEqual(await reportsOn([source, stream], "kinesis-stream-require-encryption"), []);
  });

  it("are not named as unchecked, and the others are", async () => {
    const judged = Object.keys(nativeTypes).map((type, index) =>
      resource(type, `judged-${index}`, {}),
    );
    const others = ["a", "b"].map((name) => resource("aws-native:glue:Job", name, {}));
    assert.deepEqual(await reportsOn(judged, "pulumi-package-require-rules"), []);
    assert.deepEqual(await reportsOn([...judged, ...others], "pulumi-package-require-rules"), [
      "pulumi-package-require-rules: 2 resources of aws-native were not checked",
    ]);
  });
});
