import { s3BucketRequirePublicAccessBlock as policy } from "../../policy-pack/policies/s3-bucket-require-public-access-block";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-require-public-access-block", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-1a2b3c" });
  const block = resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "images-block", {
    bucket: outputOf(bucket),
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });

  it("accepts a bucket with all four flags", async () => {
    await assertAccepted(policy, [bucket, block]);
  });

  it("accepts a block that names the bucket literally", async () => {
    await assertAccepted(policy, [bucket, spoiled(block, { bucket: "images-1a2b3c" })]);
  });

  it("checks buckets of the legacy type, too", async () => {
    const legacy = resource("aws:s3/bucketV2:BucketV2", "legacy", {});
    await assertAccepted(policy, [legacy, spoiled(block, { bucket: outputOf(legacy) })]);
    await assertRefused(policy, [legacy], 'aws.s3.BucketV2 "legacy" has no public access block');
  });

  it("refuses a bucket without a block, one of the account notwithstanding", async () => {
    const ofAccount = resource(
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      "account",
      { blockPublicAcls: true },
    );
    await assertRefused(
      policy,
      [bucket, ofAccount],
      'aws.s3.Bucket "images" has no public access block',
    );
  });

  it("reports the bucket that has none although another one's block is not known yet", async () => {
    const other = resource("aws:s3/bucket:Bucket", "results", {});
    await assertRefused(
      policy,
      [bucket, block, other],
      'aws.s3.Bucket "results" has no public access block',
    );
  });

  for (const flag of [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
  ]) {
    it(`refuses a block without ${flag}, missing or false`, async () => {
      const problem = `aws.s3.BucketPublicAccessBlock "images-block" does not set ${flag}`;
      await assertRefused(policy, [bucket, spoiled(block, { [flag]: undefined })], problem);
      await assertRefused(policy, [bucket, spoiled(block, { [flag]: false })], problem);
    });

    it(`accepts ${flag} as long as it is not known`, async () => {
      await assertAccepted(policy, [bucket, spoiled(block, { [flag]: outputOf() })]);
    });
  }
});
