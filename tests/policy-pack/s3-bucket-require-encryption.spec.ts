import { s3BucketRequireEncryption as policy } from "../../policy-pack/policies/s3-bucket-require-encryption";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-require-encryption", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-1a2b3c" });
  const encryption = resource(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "images-encryption",
    {
      bucket: outputOf(bucket),
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
  );

  it("accepts a bucket with a separate configuration", async () => {
    await assertAccepted(policy, [bucket, encryption]);
  });

  it("accepts a configuration that names the bucket literally", async () => {
    await assertAccepted(policy, [bucket, spoiled(encryption, { bucket: "images-1a2b3c" })]);
  });

  it("accepts inline configuration, that of the legacy type included", async () => {
    const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } };
    const legacyRule = { applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }] };
    await assertAccepted(policy, [
      spoiled(bucket, { serverSideEncryptionConfiguration: { rule } }),
      resource("aws:s3/bucketV2:BucketV2", "legacy", {
        serverSideEncryptionConfigurations: [{ rules: [legacyRule] }],
      }),
    ]);
  });

  it("accepts an algorithm that is not known yet", async () => {
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: outputOf() } }];
    await assertAccepted(policy, [bucket, spoiled(encryption, { rules })]);
  });

  it("refuses a bucket without configuration", async () => {
    await assertRefused(policy, [bucket], 'aws.s3.Bucket "images" declares no default encryption');
  });

  it("refuses a bucket when the configuration is another bucket's", async () => {
    const other = resource("aws:s3/bucket:Bucket", "results", { bucket: "results-4d5e6f" });
    await assertRefused(
      policy,
      [bucket, other, encryption],
      'aws.s3.Bucket "results" declares no default encryption',
    );
  });

  it("refuses a configuration without rules", async () => {
    await assertRefused(
      policy,
      [bucket, spoiled(encryption, { rules: undefined })],
      'aws.s3.Bucket "images" declares no default encryption',
    );
  });

  it("refuses an algorithm that a team does not accept", async () => {
    await assertRefused(
      policy,
      [bucket, encryption],
      'aws.s3.BucketServerSideEncryptionConfiguration "images-encryption" encrypts with AES256, not with aws:kms',
      { settings: { algorithms: ["aws:kms"] } },
    );
  });
});
