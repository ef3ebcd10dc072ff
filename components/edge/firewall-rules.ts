import type * as aws from "@pulumi/aws";

type Rule = aws.types.input.wafv2.WebAclRule;

/** What a firewall stands before: both distributions, or the API. */
export type FirewallScope = "CLOUDFRONT" | "REGIONAL";

/** Seconds over which requests of an address are counted. */
const rateWindowSeconds = 300;

/**
 * Rules of AWS's core rule set that only count, because they would refuse what the product is for.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const countedRules: Readonly<Record<FirewallScope, readonly string[]>> = {
  CLOUDFRONT: [
    // Servers that fetch images, such as those of mail providers, need not say what they are.
    "NoUserAgent_HEADER",
    // The name that an image is saved by is in the query: up to 3 KB of it, and app.log is one.
    "SizeRestrictions_QUERYSTRING",
    "RestrictedExtensions_QUERYARGUMENTS",
  ],
  REGIONAL: [
    // So need programs.
    "NoUserAgent_HEADER",
    // Images and documents are larger than 8 KB.
    "SizeRestrictions_BODY",
    // They are data: their bytes and texts may look like anything, and nothing here runs or renders them.
    "CrossSiteScripting_BODY",
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    // Raw uploads have their names and tags in the query, which may be longer than 2 KB then.
    "SizeRestrictions_QUERYSTRING",
    // Ids of records are in the path, which has up to 6 KB then.
    "SizeRestrictions_URIPATH",
    // An image may be called app.log, and so may a record.
    "RestrictedExtensions_QUERYARGUMENTS",
    "RestrictedExtensions_URIPATH",
  ],
};

/** Answered to an address that asks too often; as in errors of the API, but for the request's id. */
export const tooManyRequests = {
  key: "too-many-requests",
  contentType: "APPLICATION_JSON",
  content: JSON.stringify({
    error: "Too many requests come from this address. Try again in some minutes.",
    code: "TooManyRequests",
    requestId: "X-Amz-Cf-Id",
  }),
};

/**
 * What a firewall checks, in this order: whether an address asks too often, whether AWS knows it for attacks,
 * whether the request looks like one.
 *
 * @param rateLimit requests of one address in five minutes.
 */
export function firewallRules(scope: FirewallScope, rateLimit: number): Rule[] {
  return [
    {
      name: "rate",
      priority: 0,
      statement: {
        rateBasedStatement: {
          limit: rateLimit,
          aggregateKeyType: "IP",
          evaluationWindowSec: rateWindowSeconds,
        },
      },
      action: { block: blockByRate(scope) },
      visibilityConfig: visibility("rate"),
    },
    managedRules("reputation", 1, "AWSManagedRulesAmazonIpReputationList"),
    managedRules("common", 2, "AWSManagedRulesCommonRuleSet", countedRules[scope]),
  ];
}

/**
 * The API has an answer of its own for what a firewall refuses, with CORS headers and the request's id. A
 * distribution would take a 403 for a missing result or signature.
 */
function blockByRate(scope: FirewallScope) {
  return scope === "CLOUDFRONT"
    ? { customResponse: { responseCode: 429, customResponseBodyKey: tooManyRequests.key } }
    : {};
}

function managedRules(
  name: string,
  priority: number,
  group: string,
  counted: readonly string[] = [],
): Rule {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        ...(counted.length > 0 && {
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        }),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
  };
}

/**
 * Metrics cost nothing. Samples would show whole headers and queries: API keys, tokens and signatures of URLs.
 * https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing-view-sample.html
 */
export function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
