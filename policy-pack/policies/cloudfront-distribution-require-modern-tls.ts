import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { mayBe, maySet, textOf } from "../lib/values";

/** With CloudFront's default certificate the protocol cannot be chosen. */
export const cloudfrontDistributionRequireModernTls = resourceRule({
  name: "cloudfront-distribution-require-modern-tls",
  description: "CloudFront distributions with a certificate of their own speak TLS 1.2 or later.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.15")],
  remediationSteps: "Set viewerCertificate.minimumProtocolVersion to an accepted value.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  settings: {
    accepted: {
      type: "array",
      items: { type: "string" },
      default: ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"],
      description: "Accepted values of minimumProtocolVersion.",
    },
  },
  types: [distributionType],
  check(distribution, report, { accepted }) {
    const hasCertificate = ["acmCertificateArn", "iamCertificateId"].some((property) =>
      maySet(distribution.declared("viewerCertificate", property)),
    );
    if (!hasCertificate) {
      return;
    }
    const version = distribution.known("viewerCertificate", "minimumProtocolVersion");
    if (!mayBe(version, ...accepted)) {
      report(`accepts ${textOf(version ?? "TLSv1")}`);
    }
  },
});
