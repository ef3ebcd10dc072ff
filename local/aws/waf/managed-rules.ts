import type { InspectedRequest } from "./types";

type Matches = (request: InspectedRequest) => boolean;

/** What a rule of AWS's matches, or that AWS alone knows. */
type ManagedRule = Matches | "secret";

/**
 * The rules of AWS's core rule set. What most of them look for AWS does not tell; what it tells is applied.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const commonRules: Readonly<Record<string, ManagedRule>> = {
  NoUserAgent_HEADER: ({ header }) => (header("user-agent") ?? "") === "",
  UserAgent_BadBots_HEADER: "secret",
  SizeRestrictions_QUERYSTRING: ({ query }) => Buffer.byteLength(query) > 2048,
  SizeRestrictions_Cookie_HEADER: ({ header }) =>
    Buffer.byteLength(header("cookie") ?? "") > 10_240,
  SizeRestrictions_BODY: ({ bodyBytes }) => bodyBytes > 8192,
  SizeRestrictions_URIPATH: ({ path }) => Buffer.byteLength(path) > 1024,
  EC2MetaDataSSRF_BODY: "secret",
  EC2MetaDataSSRF_COOKIE: "secret",
  EC2MetaDataSSRF_URIPATH: "secret",
  EC2MetaDataSSRF_QUERYARGUMENTS: "secret",
  GenericLFI_QUERYARGUMENTS: "secret",
  GenericLFI_URIPATH: "secret",
  GenericLFI_BODY: "secret",
  RestrictedExtensions_URIPATH: "secret",
  RestrictedExtensions_QUERYARGUMENTS: "secret",
  GenericRFI_QUERYARGUMENTS: "secret",
  GenericRFI_BODY: "secret",
  GenericRFI_URIPATH: "secret",
  CrossSiteScripting_COOKIE: "secret",
  CrossSiteScripting_QUERYARGUMENTS: "secret",
  CrossSiteScripting_BODY: "secret",
  CrossSiteScripting_URIPATH: "secret",
};

/** Lists of addresses, on which none of this machine is. */
const reputationRules: Readonly<Record<string, ManagedRule>> = {
  AWSManagedIPReputationList: () => false,
  AWSManagedReconnaissanceList: () => false,
  AWSManagedIPDDoSList: () => false,
};

/** A group of rules that AWS keeps. */
interface ManagedGroup {
  /** Web ACL capacity units. */
  capacity: number;
  rules: Readonly<Record<string, ManagedRule>>;
}

/** Groups by name. */
export const managedGroups: Readonly<Record<string, ManagedGroup>> = {
  AWSManagedRulesCommonRuleSet: { capacity: 700, rules: commonRules },
  AWSManagedRulesAmazonIpReputationList: { capacity: 25, rules: reputationRules },
};

/** The rules of a group that match a request, as far as it is known what they look for. */
export function matchingRules(group: string, request: InspectedRequest): string[] {
  return Object.entries(managedGroups[group]?.rules ?? {})
    .filter(([, rule]) => rule !== "secret" && rule(request))
    .map(([name]) => name);
}

/** Names of the rules of a group of which AWS alone knows what they look for. */
export function secretRules(group: string): string[] {
  return Object.entries(managedGroups[group]?.rules ?? {})
    .filter(([, rule]) => rule === "secret")
    .map(([name]) => name);
}
