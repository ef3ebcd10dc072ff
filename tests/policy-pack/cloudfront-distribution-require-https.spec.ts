import { cloudfrontDistributionRequireHttps as policy } from "../../policy-pack/policies/cloudfront-distribution-require-https";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-https", () => {
  const checked = resource("aws:cloudfront/distribution:Distribution", "cdn", {
    defaultCacheBehavior: { viewerProtocolPolicy: "https-only" },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { defaultCacheBehavior: outputOf() }),
      spoiled(checked, { defaultCacheBehavior: { viewerProtocolPolicy: outputOf() } }),
      spoiled(checked, { defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" } }),
    ]);
  });

  for (const change of [
    { defaultCacheBehavior: undefined },
    { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.cloudfront.Distribution "cdn" serves plain HTTP by the default behavior',
      );
    });
  }

  it("looks at every behavior", async () => {
    const orderedCacheBehaviors = [
      outputOf(),
      { pathPattern: "/old/*", viewerProtocolPolicy: "allow-all" },
    ];
    await assertRefused(
      policy,
      [spoiled(checked, { orderedCacheBehaviors })],
      'aws.cloudfront.Distribution "cdn" serves plain HTTP by the behavior for /old/*',
    );
  });
});
