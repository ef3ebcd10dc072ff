import { s3BucketRequireTls as policy } from "../../policy-pack/policies/s3-bucket-require-tls";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

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

  it("accepts a policy that is not known yet, or whose ARNs are not", async () => {
    const separate = policyWith(tlsOnly);
    await assertAccepted(policy, [bucket, spoiled(separate, { policy: outputOf(bucket) })]);
    const document = { Statement: [{ ...tlsOnly, Resource: [outputOf(bucket)] }] };
    await assertAccepted(policy, [bucket, spoiled(separate, { policy: document })]);
  });

  it("accepts an inline policy, and other ways to say it", async () => {
    await assertAccepted(policy, [spoiled(bucket, { policy: { Statement: tlsOnly } })]);
    for (const change of [
      { Principal: { AWS: "*" } },
      { Action: "*" },
      { Condition: { Bool: { "AWS:SecureTransport": [false] } } },
      { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      { Resource: "*" },
      { Resource: "arn:aws:s3:::*" },
      { Resource: "arn:aws-cn:s3:::images-*" },
      { Resource: ["arn:aws:s3:::images-1a2b3c/private/*", "arn:aws:s3:::images-1a2b3c/*"] },
    ]) {
      await assertAccepted(policy, [bucket, policyWith({ ...tlsOnly, ...change })]);
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
