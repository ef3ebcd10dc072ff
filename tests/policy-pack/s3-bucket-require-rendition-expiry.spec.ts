import { s3BucketRequireRenditionExpiry as policy } from "../../policy-pack/policies/s3-bucket-require-rendition-expiry";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-require-rendition-expiry", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "renditions", { bucket: "renditions-1a2b3c" });
  const url = resource("aws:lambda/functionUrl:FunctionUrl", "render", { functionName: "render" });
  const distribution = resource("aws:cloudfront/distribution:Distribution", "images", {
    origins: [
      { originId: "stored", domainName: outputOf(bucket) },
      { originId: "made", domainName: outputOf(url) },
    ],
    originGroups: [
      { originId: "both", members: [{ originId: "stored" }, { originId: "made" }] },
    ] as unknown,
  });
  const rule = { id: "expire", status: "Enabled" as unknown, expiration: { days: 90 } as unknown };
  const problem = 'aws.s3.Bucket "renditions" keeps for ever what a function can make again';

  function lifecycleWith(...rules: unknown[]) {
    return resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "renditions",
      { bucket: outputOf(bucket), rules },
    );
  }

  it("accepts a rule by which renditions expire, separate or inline", async () => {
    await assertAccepted(policy, [bucket, url, distribution, lifecycleWith(rule)]);
    const lifecycleRules = [{ enabled: true, expiration: { days: 90 } }];
    await assertAccepted(policy, [spoiled(bucket, { lifecycleRules }), url, distribution]);
  });

  it("accepts a bucket of which nothing is made again", async () => {
    await assertAccepted(policy, [bucket]);
    await assertAccepted(policy, [bucket, url, spoiled(distribution, { originGroups: [] })]);
  });

  it("refuses a bucket without rules", async () => {
    await assertRefused(policy, [bucket, url, distribution], problem);
  });

  for (const change of [{ status: "Disabled" }, { expiration: undefined }, { expiration: {} }]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      const lifecycle = lifecycleWith({ ...rule, ...change });
      await assertRefused(policy, [bucket, url, distribution, lifecycle], problem);
    });
  }
});
