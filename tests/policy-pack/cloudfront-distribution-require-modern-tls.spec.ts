import { cloudfrontDistributionRequireModernTls as policy } from "../../policy-pack/policies/cloudfront-distribution-require-modern-tls";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudfront-distribution-require-modern-tls", () => {
  const certificate = {
    acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1234",
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021" as unknown,
  };
  const distribution = resource("aws:cloudfront/distribution:Distribution", "cdn", {
    viewerCertificate: certificate,
  });

  it("accepts TLS 1.2 and later, and the default certificate", async () => {
    await assertAccepted(policy, [
      distribution,
      spoiled(distribution, {
        viewerCertificate: { ...certificate, minimumProtocolVersion: "TLSv1.3_2025" },
      }),
      spoiled(distribution, { viewerCertificate: { cloudfrontDefaultCertificate: true } }),
      spoiled(distribution, { viewerCertificate: undefined }),
    ]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [
      spoiled(distribution, { viewerCertificate: outputOf() }),
      spoiled(distribution, {
        viewerCertificate: { ...certificate, minimumProtocolVersion: outputOf() },
      }),
    ]);
  });

  for (const [version, shown] of [
    [undefined, "TLSv1"],
    ["TLSv1.1_2016", "TLSv1.1_2016"],
    ["TLSv1.2_2019", "TLSv1.2_2019"],
  ] as const) {
    it(`refuses the version ${version ?? "missing"}, also of a certificate not known yet`, async () => {
      for (const acmCertificateArn of [certificate.acmCertificateArn, outputOf()]) {
        await assertRefused(
          policy,
          [
            spoiled(distribution, {
              viewerCertificate: {
                ...certificate,
                acmCertificateArn,
                minimumProtocolVersion: version,
              },
            }),
          ],
          `aws.cloudfront.Distribution "cdn" accepts ${shown}`,
        );
      }
    });
  }
});
