import { cacheBehaviorsOf } from "../lib/cache-behaviors";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { distributionType } from "../lib/types";
import { at, mayBe, maySet } from "../lib/values";

/**
 * Managed policies that set CORS headers and nothing else.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
const policiesWithoutSecurity = [
  "60669652-455b-4ae9-85a4-c4c02393f86c",
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
];

const includeSubdomains = [
  "securityHeadersConfig",
  "strictTransportSecurity",
  "includeSubdomains",
] as const;

const requiredHeaders = ["strictTransportSecurity", "contentTypeOptions"];

export const cloudfrontDistributionRequireSecurityHeaders = stackRule({
  name: "cloudfront-distribution-require-security-headers",
  description: "CloudFront distributions add security headers to what they serve.",
  severity: "medium",
  topic: "cloudfront",
  remediationSteps: `Set responseHeadersPolicyId to an aws.cloudfront.ResponseHeadersPolicy with ${requiredHeaders.join(" and ")}.`,
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html",
  settings: {
    subdomains: {
      type: "boolean",
      default: false,
      description: "Whether Strict-Transport-Security has to include subdomains.",
    },
  },
  types: [distributionType],
  alone: {
    types: [distributionType],
    check(distribution, report) {
      for (const { label, settings } of cacheBehaviorsOf(distribution)) {
        const id = settings.declared("responseHeadersPolicyId");
        if (!maySet(id) || policiesWithoutSecurity.some((policy) => policy === id)) {
          report(`adds no security headers by ${label}`);
        }
      }
    },
  },
  check(distribution, report, { subdomains }, stack) {
    for (const policy of headersPoliciesOf(stack, distribution)) {
      if (lacksHeaders(policy)) {
        report(`uses ${policy.label}, which lacks security headers`);
      } else if (subdomains && !mayBe(policy.known(...includeSubdomains), true)) {
        report(`uses ${policy.label}, whose Strict-Transport-Security leaves subdomains out`);
      }
    }
  },
});

function headersPoliciesOf(stack: CheckedStack, distribution: CheckedResource): CheckedResource[] {
  const policies = ["aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"];
  const found = ["defaultCacheBehavior", "orderedCacheBehaviors"].flatMap((property) =>
    stack.referred(distribution, property, policies),
  );
  return found.filter(({ urn }, index) => found.findIndex((one) => one.urn === urn) === index);
}

function lacksHeaders(policy: CheckedResource): boolean {
  const headers = policy.known("securityHeadersConfig");
  return requiredHeaders.some((header) => at(headers, header) === undefined);
}
