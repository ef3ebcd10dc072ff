import { cloudfrontDistributionRequireSecurityHeaders as policy } from "../../policy-pack/policies/cloudfront-distribution-require-security-headers";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-security-headers", () => {
  const headers = resource(
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    "headers",
    {
      securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: 31536000, override: true },
        contentTypeOptions: { override: true },
      },
    },
  );
  const distribution = distributionWith(outputOf(headers));
  const label = 'aws.cloudfront.Distribution "cdn"';

  function distributionWith(responseHeadersPolicyId: unknown) {
    return resource("aws:cloudfront/distribution:Distribution", "cdn", {
      defaultCacheBehavior: { responseHeadersPolicyId },
    });
  }

  it("accepts a policy with security headers, of the stack or managed by AWS", async () => {
    await assertAccepted(policy, [headers, distribution]);
    await assertAccepted(policy, [distributionWith("67f7725c-6f97-4210-82d7-5512b31e9d03")]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [
      spoiled(headers, { securityHeadersConfig: outputOf() }),
      distribution,
    ]);
    await assertAccepted(policy, [spoiled(distribution, { defaultCacheBehavior: outputOf() })]);
  });

  for (const id of [undefined, "", "60669652-455b-4ae9-85a4-c4c02393f86c"]) {
    it(`refuses the policy ${id ?? "missing"}`, async () => {
      await assertRefused(
        policy,
        [distributionWith(id)],
        `${label} adds no security headers by the default behavior`,
      );
    });
  }

  for (const missing of ["strictTransportSecurity", "contentTypeOptions"]) {
    it(`refuses a policy without ${missing}`, async () => {
      const config = headers.inputs.securityHeadersConfig as object;
      await assertRefused(
        policy,
        [
          spoiled(headers, { securityHeadersConfig: { ...config, [missing]: undefined } }),
          distribution,
        ],
        `${label} uses aws.cloudfront.ResponseHeadersPolicy "headers", which lacks security headers`,
      );
    });
  }
});
