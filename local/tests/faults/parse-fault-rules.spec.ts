import assert from "node:assert/strict";
import { parseFaultRules } from "../../faults/parse-fault-rules";

describe("parseFaultRules", () => {
  it("reads several rules, in which the kind and the operation may be missing", () => {
    assert.deepEqual(
      parseFaultRules(
        "s3:PutObject=0.1,dynamodb:PutItem=throttle:.05,kms:*=drop:1,sns=error:0.5,lambda=crash:0.02",
      ),
      [
        { service: "s3", operation: "PutObject", kind: "error", probability: 0.1 },
        { service: "dynamodb", operation: "PutItem", kind: "throttle", probability: 0.05 },
        { service: "kms", kind: "drop", probability: 1 },
        { service: "sns", kind: "error", probability: 0.5 },
        { service: "lambda", kind: "crash", probability: 0.02 },
      ],
    );
  });

  it("knows the operations by their names in the API, configuration of buckets included", () => {
    for (const operation of [
      "ListObjectsV2",
      "ListObjectVersions",
      "CompleteMultipartUpload",
      "GetBucketCors",
      "GetPublicAccessBlock",
      "DeleteBucketLifecycle",
      "PutObjectLockConfiguration",
    ]) {
      assert.equal(parseFaultRules(`s3:${operation}=1`)[0]?.operation, operation);
    }
  });

  it("lets writes and transactions be in conflict", () => {
    for (const operation of ["UpdateItem", "TransactWriteItems", "TransactGetItems"]) {
      assert.deepEqual(parseFaultRules(`dynamodb:${operation}=conflict:0.1`), [
        { service: "dynamodb", operation, kind: "conflict", probability: 0.1 },
      ]);
    }
  });

  const refused: Record<string, RegExp> = {
    "": /^"" must have the form target=\[kind:]probability, such as s3:PutObject=0\.1\.$/,
    s3: /^"s3" must have the form/,
    "s3=": /^"s3=" must have the form/,
    "s3=0.1,": /^"" must have the form/,
    "s3=a:b:0.1": /^"s3=a:b:0.1" must have the form/,
    "ec2=0.1": /^"ec2" is no service with faults: it may be s3, dynamodb, kms, .*lambda\.$/,
    "toString=0.1": /^"toString" is no service with faults/,
    "kms:Encrypt=0.1": /^"Encrypt" is no operation of kms: it may be DescribeKey, GenerateMac, /,
    "s3:putObject=0.1": /^"putObject" is no operation of s3: it may be .*PutObject, /,
    "s3=crash:0.1": /^"crash" is no fault of s3: it may be error, throttle, drop\.$/,
    "dynamodb=conflict:0.1":
      /^"conflict" is no fault of dynamodb: it may be error, throttle, drop\.$/,
    "dynamodb:GetItem=conflict:0.1": /^"conflict" is no fault of dynamodb:GetItem: it may be/,
    "dynamodb:PutItem=crash:0.1":
      /^"crash" is no fault of dynamodb:PutItem: it may be error, throttle, drop, conflict\.$/,
    "lambda=0.1": /^"error" is no fault of lambda: it may be throttle, crash\.$/,
    "s3=0": /^"0" is no probability above 0 and up to 1\.$/,
    "s3=1.5": /^"1.5" is no probability/,
    "s3=-1": /^"-1" is no probability/,
    "s3=often": /^"often" is no probability/,
  };
  for (const [text, message] of Object.entries(refused)) {
    it(`refuses "${text}", and says what is accepted`, () => {
      assert.throws(() => parseFaultRules(text), { code: "commander.invalidArgument", message });
    });
  }
});
