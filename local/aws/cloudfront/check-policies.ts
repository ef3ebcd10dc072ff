import { AwsError } from "../aws-error";
import type { CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy } from "./types";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyAccessControlAllowMethods.html */
const corsMethods = ["GET", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "HEAD", "ALL"];

/**
 * `*` alone, or an origin in which `*` stands for a subdomain, for a port or not at all.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
const originPattern = /^(?:\*|(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\*\.)?[^*/]+(?::\*)?)$/i;

/** @throws AwsError `InvalidArgument`. */
export function checkResponseHeadersPolicy({ cors }: ResponseHeadersPolicy): void {
  if (!cors) {
    return;
  }
  const { allowHeaders, allowMethods, allowOrigins, allowCredentials } = cors;
  const unknown = allowMethods.find((method) => !corsMethods.includes(method));
  if (unknown !== undefined) {
    throw invalid(
      `The parameter AccessControlAllowMethods contains ${unknown}, which is none of ${corsMethods.join(", ")}`,
    );
  }
  const misplaced = allowOrigins.find((origin) => !originPattern.test(origin));
  if (misplaced !== undefined) {
    throw invalid(
      `The parameter AccessControlAllowOrigins contains ${misplaced}, which is no origin: a wildcard may be the leftmost part of its domain`,
    );
  }
  for (const [name, items] of Object.entries({ allowHeaders, allowMethods, allowOrigins })) {
    if (items.length === 0) {
      throw invalid(`The parameter accessControl${name.replace(/^a/, "A")} must not be empty`);
    }
    if (allowCredentials && (items.includes("*") || items.includes("ALL"))) {
      throw invalid(
        `With AccessControlAllowCredentials, accessControl${name.replace(/^a/, "A")} must not be a wildcard`,
      );
    }
  }
}

/** @throws AwsError `InvalidArgument`. */
export function checkCachePolicy(policy: CachePolicy): void {
  const { minTtl, defaultTtl, maxTtl } = policy;
  if (minTtl > defaultTtl || defaultTtl > maxTtl) {
    throw invalid("MinTTL must not exceed DefaultTTL, nor DefaultTTL MaxTTL");
  }
  checkSelections(policy);
}

/** @throws AwsError `InvalidArgument` for a list that is empty though it counts. */
export function checkSelections(policy: OriginRequestPolicy): void {
  const { headers, queryStrings, cookies } = policy;
  for (const [name, { behavior, items }] of Object.entries({ headers, queryStrings, cookies })) {
    const needsItems = behavior === "whitelist" || behavior === "allExcept";
    if (needsItems !== items.length > 0) {
      throw invalid(
        `The ${name} of the policy ${needsItems ? "must be listed" : "must not be listed"} with the behavior ${behavior}`,
      );
    }
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}
