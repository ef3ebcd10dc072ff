import { cloudfrontDistributionRequireOriginAccessControl as policy } from "../../policy-pack/policies/cloudfront-distribution-require-origin-access-control";
import { assertAccepted, assertRefused, outputOf, resource } from "./support/harness";

describe("cloudfront-distribution-require-origin-access-control", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", {});
  const origin = {
    originId: "images",
    domainName: "images.s3.us-east-1.amazonaws.com" as unknown,
    originAccessControlId: "E2QWRUHAPOMQZL" as unknown,
  };
  const label = 'aws.cloudfront.Distribution "cdn" has the origin "images", which';

  function distribution(...origins: unknown[]) {
    return resource("aws:cloudfront/distribution:Distribution", "cdn", { origins });
  }

  it("accepts buckets with origin access control, and origins that are no buckets", async () => {
    await assertAccepted(policy, [
      distribution(origin),
      distribution({ originId: "api", domainName: "api.example.com", customOriginConfig: {} }),
      distribution({ originId: "api", domainName: outputOf(), customOriginConfig: {} }),
      distribution({ originId: "alb", domainName: outputOf(), vpcOriginConfig: {} }),
    ]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [
      distribution({ ...origin, domainName: outputOf(bucket), originAccessControlId: outputOf() }),
      distribution(outputOf()),
      resource("aws:cloudfront/distribution:Distribution", "cdn", { origins: outputOf() }),
    ]);
  });

  for (const domainName of [
    "images.s3.amazonaws.com",
    "images.s3.us-east-1.amazonaws.com",
    "images.s3-us-west-2.amazonaws.com",
    "images.s3.dualstack.eu-west-1.amazonaws.com",
  ]) {
    it(`refuses ${domainName} without origin access control`, async () => {
      for (const originAccessControlId of [undefined, ""]) {
        await assertRefused(
          policy,
          [distribution({ originId: "images", domainName, originAccessControlId })],
          `${label} is a bucket without origin access control`,
        );
      }
    });
  }

  it("refuses a bucket whose domain is not known yet", async () => {
    await assertRefused(
      policy,
      [distribution({ originId: "images", domainName: outputOf(bucket) })],
      `${label} is a bucket without origin access control`,
    );
  });

  it("refuses a legacy origin access identity, beside an origin that is not known yet", async () => {
    const s3OriginConfig = { originAccessIdentity: "origin-access-identity/cloudfront/E1" };
    await assertRefused(
      policy,
      [distribution(outputOf(), { ...origin, originAccessControlId: undefined, s3OriginConfig })],
      `${label} is a bucket read by a legacy origin access identity`,
    );
  });

  for (const domainName of [
    "abcdefghijklmnop.lambda-url.us-east-1.on.aws",
    "abcdefghijklmnop.lambda-url.cn-north-1.on.aws.cn",
  ]) {
    it(`refuses the URL of a function, ${domainName}, unless it has origin access control`, async () => {
      const url = { originId: "images", domainName, customOriginConfig: {} };
      await assertRefused(
        policy,
        [distribution(url)],
        `${label} is the URL of a function without origin access control`,
      );
      await assertAccepted(policy, [
        distribution({ ...url, originAccessControlId: "E2QWRUHAPOMQZL" }),
      ]);
    });
  }

  for (const domainName of [
    "images.s3-website-us-east-1.amazonaws.com",
    "images.s3-website.eu-central-1.amazonaws.com",
  ]) {
    it(`refuses the website endpoint ${domainName}`, async () => {
      await assertRefused(
        policy,
        [distribution({ ...origin, domainName, customOriginConfig: {} })],
        `${label} is the website endpoint of a bucket`,
      );
    });
  }
});
