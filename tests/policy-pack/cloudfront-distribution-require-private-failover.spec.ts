import { cloudfrontDistributionRequirePrivateFailover as policy } from "../../policy-pack/policies/cloudfront-distribution-require-private-failover";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-private-failover", () => {
  const bucket = { originId: "stored", domainName: "b", originAccessControlId: "E1" };
  const open = { originId: "made", domainName: "f" };
  const group = {
    originId: "both",
    members: [{ originId: "stored" }, { originId: "made" }],
  };
  const distribution = resource("aws:cloudfront/distribution:Distribution", "images", {
    origins: [bucket, { ...open, originAccessControlId: "E2" }],
    originGroups: [group],
  });

  for (const made of [
    { originAccessControlId: "E2" },
    { originAccessControlId: outputOf() },
    { customHeaders: [{ name: "x-origin-secret", value: "s" }] },
    { vpcOriginConfig: { vpcOriginId: "v" } },
  ]) {
    it(`accepts a stand-in with ${Object.keys(made).join()}`, async () => {
      const origins = [bucket, { ...open, ...made }];
      await assertAccepted(policy, [spoiled(distribution, { origins })]);
    });
  }

  it("accepts origins that are open alike, and open ones outside of the group", async () => {
    const stored = { originId: "stored", domainName: "b" };
    await assertAccepted(policy, [
      spoiled(distribution, { origins: [stored, open] }),
      spoiled(distribution, { origins: [bucket, open], originGroups: [] }),
    ]);
  });

  it("refuses an open stand-in of a private origin, whichever comes first", async () => {
    for (const origins of [
      [bucket, open],
      [open, bucket],
    ]) {
      await assertRefused(
        policy,
        [spoiled(distribution, { origins })],
        'aws.cloudfront.Distribution "images" has in the origin group "both" the origin "made", which anybody may reach',
      );
    }
  });
});
