import assert from "node:assert/strict";
import { s3BucketRequireTls as policy } from "../../policy-pack/policies/s3-bucket-require-tls";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  check,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("s3-bucket-require-tls", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-1a2b3c" });
  const tlsOnly = {
    Effect: "Deny",
    Principal: "*" as unknown,
    Action: "s3:*",
    Resource: ["arn:aws:s3:::images-1a2b3c", "arn:aws:s3:::images-1a2b3c/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } } as unknown,
  };
  const problem = 'aws.s3.Bucket "images" has no policy that refuses requests without TLS';

  function policyWith(statement: object) {
    return resource("aws:s3/bucketPolicy:BucketPolicy", "images-policy", {
      bucket: outputOf(bucket),
      policy: JSON.stringify({ Statement: [statement] }),
    });
  }

  it("accepts a policy that denies requests without TLS", async () => {
    await assertAccepted(policy, [bucket, policyWith(tlsOnly)]);
  });

  function policyOf(document: unknown) {
    return spoiled(policyWith(tlsOnly), { policy: document });
  }

  const unjudged = 'aws.s3.Bucket "images" (policy of aws.s3.BucketPolicy "images-policy")';
  const unknown = outputOf(bucket);

  it("cannot judge a policy that is not known yet, nor one of unknown statements", async () => {
    await assertUnjudged(policy, [bucket, policyOf(unknown)], unjudged);
    await assertUnjudged(policy, [bucket, policyOf({ Statement: unknown })], unjudged);
    await assertUnjudged(policy, [bucket, policyOf({ Statement: [unknown] })], unjudged);
    await assertUnjudged(
      policy,
      [spoiled(bucket, { policy: { Statement: [unknown] } })],
      'aws.s3.Bucket "images" (policy)',
    );
  });

  for (const change of [
    { Effect: unknown },
    { Principal: unknown },
    { Principal: { AWS: [unknown] } },
    { Action: unknown },
    { Action: ["s3:GetObject", unknown] },
    { Resource: unknown },
    { Resource: [unknown, "arn:aws:s3:::images-1a2b3c/private/*"] },
    { Condition: unknown },
    { Condition: { Bool: unknown } },
    { Condition: { Bool: { "aws:SecureTransport": unknown } } },
  ]) {
    it(`cannot judge a denial with ${JSON.stringify(change)}, part of which is unknown`, async () => {
      const document = { Statement: [{ ...tlsOnly, ...change }] };
      await assertUnjudged(policy, [bucket, policyOf(document)], unjudged);
    });
  }

  it("judges by what is known: a denial beside unknown ones, and one that no value completes", async () => {
    await assertUnjudged(policy, [bucket, policyOf({ Statement: [unknown, tlsOnly] })], []);
    await assertUnjudged(
      policy,
      [bucket, policyOf({ Statement: { ...tlsOnly, Resource: [unknown, "*"] } })],
      [],
    );
    for (const change of [{ Effect: "Allow" }, { Action: "s3:GetObject" }]) {
      const statement = { ...tlsOnly, Resource: [unknown], ...change };
      assert.deepEqual(await check(policy, [bucket, policyOf({ Statement: [statement] })]), {
        violations: [problem],
        unjudged: [],
      });
    }
  });

  it("accepts an inline policy, and other ways to say it", async () => {
    await assertAccepted(policy, [spoiled(bucket, { policy: { Statement: tlsOnly } })]);
    for (const change of [
      { Principal: { AWS: "*" } },
      { Action: "*" },
      { Condition: { Bool: { "AWS:SecureTransport": [false] } } },
      { Condition: { NumericLessThanIfExists: { "s3:TlsVersion": "1.2" } } },
      { Condition: { NumericLessThanEqualsIfExists: { "S3:tlsversion": unknown } } },
      { Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } },
      { Resource: "*" },
      { Resource: "arn:aws:s3:::*" },
      { Resource: "arn:aws-cn:s3:::images-*" },
      { Resource: ["arn:aws:s3:::images-1a2b3c/private/*", "arn:aws:s3:::images-1a2b3c/*"] },
    ]) {
      const document = { Statement: [{ ...tlsOnly, ...change }] };
      await assertUnjudged(policy, [bucket, policyOf(document)], []);
    }
  });

  it("refuses a bucket without a policy", async () => {
    await assertRefused(policy, [bucket], problem);
  });

  for (const [what, change] of [
    ["allows", { Effect: "Allow" }],
    ["is about one principal", { Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
    ["is about one action", { Action: "s3:GetObject" }],
    ["is about the bucket alone", { Resource: "arn:aws:s3:::images-1a2b3c" }],
    ["denies requests with TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    [
      "denies old versions of TLS alone, which plain HTTP has none of",
      { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ],
    [
      "denies old versions of TLS alone, listed",
      { Condition: { NumericEquals: { "s3:TlsVersion": ["1.0", "1.1"] } } },
    ],
    ["names no resources", { Resource: undefined }],
    ["has no condition", { Condition: undefined }],
    ["is about a part of the objects", { Resource: "arn:aws:s3:::images-1a2b3c/private/*" }],
    ["is about objects of one kind", { Resource: "arn:aws:s3:::images-1a2b3c/*.png" }],
    ["is about another bucket", { Resource: "arn:aws:s3:::images-9f8e7d/*" }],
    [
      "leaves out a part of the objects",
      { Resource: undefined, NotResource: "arn:aws:s3:::images-1a2b3c/public/*" },
    ],
    [
      "leaves out some callers",
      {
        Condition: {
          Bool: { "aws:SecureTransport": "false" },
          StringNotEquals: { "aws:PrincipalAccount": "123456789012" },
        },
      },
    ],
  ] as const) {
    it(`refuses a statement that ${what}`, async () => {
      await assertRefused(policy, [bucket, policyWith({ ...tlsOnly, ...change })], problem);
    });
  }
});
