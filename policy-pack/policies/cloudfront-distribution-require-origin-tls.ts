import { fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { stringsOf, textOf } from "../lib/values";

/** Endpoints of S3 websites have no TLS, and are another rule's. */
const website = /\.s3-website[.-]/;

/** Buckets are reached with TLS as the viewer's request says; other origins, as the program says. */
export const cloudfrontDistributionRequireOriginTls = resourceRule({
  name: "cloudfront-distribution-require-origin-tls",
  description: "CloudFront reaches origins with TLS, and not by versions that are broken.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.9"), fsbp("CloudFront.10")],
  remediationSteps:
    "Set originProtocolPolicy to https-only and originSslProtocols to TLSv1.2 in customOriginConfig.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
  types: [distributionType],
  check(distribution, report) {
    for (const origin of distribution.blocks("origins")) {
      const problem = problemOf(origin);
      if (problem !== undefined) {
        report(`reaches ${textOf(origin.declared("originId"))} ${problem}`);
      }
    }
  },
});

function problemOf(origin: Block): string | undefined {
  if (website.test(textOf(origin.declared("domainName")))) {
    return undefined;
  }
  if (origin.known("customOriginConfig", "originProtocolPolicy") === "http-only") {
    return "without TLS";
  }
  return stringsOf(origin.known("customOriginConfig", "originSslProtocols")).includes("SSLv3")
    ? "by SSLv3 as well"
    : undefined;
}
