import { cloudfrontDistributionRequireKeyGroups as policy } from "../../policy-pack/policies/cloudfront-distribution-require-key-groups";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-key-groups", () => {
  const behavior = { targetOriginId: "images", trustedKeyGroups: ["group"] };
  const distribution = resource("aws:cloudfront/distribution:Distribution", "images", {
    defaultCacheBehavior: behavior,
    orderedCacheBehaviors: [{ ...behavior, pathPattern: "/i/*" }],
  });
  const byAccounts = { targetOriginId: "images", trustedSigners: ["self"] };

  it("accepts key groups, no signature at all, and signers that are not known yet", async () => {
    await assertAccepted(policy, [
      distribution,
      spoiled(distribution, { defaultCacheBehavior: { targetOriginId: "images" } }),
      spoiled(distribution, { defaultCacheBehavior: { ...behavior, trustedSigners: [] } }),
      spoiled(distribution, { defaultCacheBehavior: { ...behavior, trustedSigners: outputOf() } }),
    ]);
  });

  for (const [change, place] of [
    [{ defaultCacheBehavior: byAccounts }, "the default behavior"],
    [{ defaultCacheBehavior: { ...behavior, ...byAccounts } }, "the default behavior"],
    [
      { orderedCacheBehaviors: [{ ...behavior, ...byAccounts, pathPattern: "/i/*" }] },
      "the behavior for /i/*",
    ],
  ] as const) {
    it(`refuses key pairs of accounts: ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(distribution, change)],
        `aws.cloudfront.Distribution "images" trusts the key pairs of accounts to sign for ${place}`,
      );
    });
  }
});
