import { fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { maySet, textOf } from "../lib/values";

/** Website endpoints know neither TLS nor signatures: what they serve is public. */
const websiteEndpoint = /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

const restEndpoint = /\.s3[.-]([a-z0-9.-]+\.)?amazonaws\.com(\.cn)?$/;

export const cloudfrontDistributionRequireOriginAccessControl = resourceRule({
  name: "cloudfront-distribution-require-origin-access-control",
  description: "CloudFront reads buckets by origin access control at their REST endpoints.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("CloudFront.13")],
  remediationSteps:
    "Use the bucket's bucketRegionalDomainName, and set originAccessControlId to an aws.cloudfront.OriginAccessControl.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
  types: [distributionType],
  check(distribution, report) {
    for (const origin of distribution.blocks("origins")) {
      const problem = problemOf(origin);
      if (problem !== undefined) {
        report(`has the origin "${textOf(origin.declared("originId"))}", which ${problem}`);
      }
    }
  },
});

function problemOf(origin: Block): string | undefined {
  const domain = origin.known("domainName");
  if (typeof domain === "string" && websiteEndpoint.test(domain)) {
    return "is the website endpoint of a bucket";
  }
  if (!isBucket(origin, domain) || maySet(origin.declared("originAccessControlId"))) {
    return undefined;
  }
  return maySet(origin.declared("s3OriginConfig", "originAccessIdentity"))
    ? "is a bucket read by a legacy origin access identity"
    : "is a bucket without origin access control";
}

/** An origin that is no bucket needs a configuration of its own. */
function isBucket(origin: Block, domain: unknown): boolean {
  return typeof domain === "string"
    ? restEndpoint.test(domain)
    : origin.declared("customOriginConfig") === undefined &&
        origin.declared("vpcOriginConfig") === undefined;
}
