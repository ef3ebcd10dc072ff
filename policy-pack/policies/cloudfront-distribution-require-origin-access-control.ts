import { fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { maySet, textOf } from "../lib/values";

/** Website endpoints know neither TLS nor signatures: what they serve is public. */
const websiteEndpoint = /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
const functionUrl = /\.lambda-url\.[a-z0-9-]+\.on\.aws(\.cn)?$/;

const restEndpoint = /\.s3[.-]([a-z0-9.-]+\.)?amazonaws\.com(\.cn)?$/;

export const cloudfrontDistributionRequireOriginAccessControl = resourceRule({
  name: "cloudfront-distribution-require-origin-access-control",
  description:
    "CloudFront reaches buckets, at their REST endpoints, and URLs of functions by origin access control.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("CloudFront.13"), fsbp("CloudFront.16")],
  remediationSteps:
    "Use the bucket's bucketRegionalDomainName or the host of the function's URL, and set originAccessControlId to an aws.cloudfront.OriginAccessControl.",
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
  if (maySet(origin.declared("originAccessControlId"))) {
    return undefined;
  }
  if (typeof domain === "string" && functionUrl.test(domain)) {
    return "is the URL of a function without origin access control";
  }
  if (!isBucket(origin, domain)) {
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
