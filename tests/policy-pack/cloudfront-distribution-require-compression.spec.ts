import { cloudfrontDistributionRequireCompression as policy } from "../../policy-pack/policies/cloudfront-distribution-require-compression";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-compression", () => {
  const checked = resource("aws:cloudfront/distribution:Distribution", "cdn", {
    defaultCacheBehavior: { compress: true },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { defaultCacheBehavior: outputOf() }),
      spoiled(checked, { defaultCacheBehavior: { compress: outputOf() } }),
    ]);
  });

  for (const change of [
    { defaultCacheBehavior: {} },
    { defaultCacheBehavior: { compress: false } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.cloudfront.Distribution "cdn" serves uncompressed files by the default behavior',
      );
    });
  }

  it("looks at every behavior", async () => {
    await assertRefused(
      policy,
      [spoiled(checked, { orderedCacheBehaviors: [{ pathPattern: "/old/*" }] })],
      'aws.cloudfront.Distribution "cdn" serves uncompressed files by the behavior for /old/*',
    );
  });
});
