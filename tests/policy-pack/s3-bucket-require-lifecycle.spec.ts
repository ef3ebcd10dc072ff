import { s3BucketRequireLifecycle as policy } from "../../policy-pack/policies/s3-bucket-require-lifecycle";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-require-lifecycle", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-1a2b3c" });
  const rule = {
    id: "abort",
    status: "Enabled" as unknown,
    filter: { prefix: "" } as unknown,
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } as unknown,
  };
  const problem = 'aws.s3.Bucket "images" does not abort uploads within 30 days';

  function lifecycleWith(...rules: unknown[]) {
    return resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "images", {
      bucket: outputOf(bucket),
      rules,
    });
  }

  it("accepts a rule that aborts uploads to the whole bucket", async () => {
    await assertAccepted(policy, [bucket, lifecycleWith(rule)]);
    await assertAccepted(policy, [bucket, lifecycleWith({ ...rule, filter: undefined })]);
    await assertAccepted(policy, [bucket, lifecycleWith({ ...rule, filter: {} })]);
  });

  it("accepts an inline rule", async () => {
    const lifecycleRules = [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }];
    await assertAccepted(policy, [spoiled(bucket, { lifecycleRules })]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [bucket, spoiled(lifecycleWith(), { rules: outputOf() })]);
    await assertAccepted(policy, [
      bucket,
      lifecycleWith({ ...rule, abortIncompleteMultipartUpload: outputOf() }),
    ]);
  });

  it("refuses a bucket without rules", async () => {
    await assertRefused(policy, [bucket], problem);
    await assertRefused(policy, [bucket, lifecycleWith()], problem);
  });

  for (const change of [
    { status: "Disabled" },
    { abortIncompleteMultipartUpload: undefined },
    { abortIncompleteMultipartUpload: { daysAfterInitiation: 90 } },
    { filter: { prefix: "tmp/" } },
    { filter: { tag: { key: "temporary", value: "true" } } },
    { filter: { and: { prefix: "tmp/" } } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(policy, [bucket, lifecycleWith({ ...rule, ...change })], problem);
    });
  }
});
