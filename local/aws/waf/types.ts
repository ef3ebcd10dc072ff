import type { Structure } from "../api/output";

/** What becomes of a request that a rule matches. */
export type RuleAction =
  | { kind: "allow" }
  | { kind: "count" }
  | { kind: "block"; response?: BlockResponse };

/** Answered in place of what the protected resource would answer to a refusal. */
export interface BlockResponse {
  status: number;
  /** By name. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** A rule by which a request is one too many. */
export interface RateStatement {
  kind: "rate";
  /** Requests of an address in the window. */
  limit: number;
  windowSeconds: number;
}

/** AWS's own rules, which nobody else has. */
export interface ManagedStatement {
  kind: "managed";
  /** Such as `AWSManagedRulesCommonRuleSet`. */
  group: string;
  /** By name of a rule, what becomes of a request in place of what AWS says. */
  overrides: Readonly<Record<string, RuleAction>>;
  /** Whether all rules of the group only count. */
  countsOnly: boolean;
}

export interface WebAclRule {
  name: string;
  /** The lowest comes first. */
  priority: number;
  statement: RateStatement | ManagedStatement;
  /** Of a rule with a statement of its own. */
  action: RuleAction;
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html */
export interface WebAclDefinition {
  arn: string;
  name: string;
  scope: "CLOUDFRONT" | "REGIONAL";
  defaultAction: RuleAction;
  rules: readonly WebAclRule[];
}

/** What is shown of a web ACL, and changes nothing of what it does. */
export interface ShownWebAcl {
  /** Web ACL capacity units. */
  capacity: number;
  description: string;
  /** What tells apart its versions: a UUID. */
  lockToken: string;
  tags: Readonly<Record<string, string>>;
  /** As the API takes them. */
  settings: Structure;
}

/** A web ACL with all that a program declares of it. */
export interface DeclaredWebAcl extends WebAclDefinition {
  shown: ShownWebAcl;
}

/** What a web ACL gets to see of a request. */
export interface InspectedRequest {
  /** IP address of the client. */
  address: string;
  /** Percent-encoded, without the query. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** The value of a header by its name in small letters. */
  header: (name: string) => string | undefined;
  bodyBytes: number;
}

/** That a request is refused, and what is answered in place of the resource's own refusal, if anything. */
export interface Refusal {
  /** Of the rule, or `Default_Action`. */
  rule: string;
  response?: BlockResponse;
}
