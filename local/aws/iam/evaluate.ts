import type { CompiledStatement, Question } from "./compile";
import type { Decision, StatementReference } from "./types";

/** The policies that bear on one question. */
export interface ApplicablePolicies {
  /** Statements of the principal's own policies. */
  identity: readonly CompiledStatement[];
  /** Statements of the resource's policy. */
  resource: readonly CompiledStatement[];
  /** Statements of the principal's permissions boundary; none where it has no boundary. */
  boundary?: readonly CompiledStatement[] | undefined;
  /** True where the resource's policy must allow, as with KMS keys. */
  resourceDecides: boolean;
}

/**
 * AWS's evaluation logic within one account: a denial anywhere wins; otherwise what either the
 * resource's policy or the principal's own policies allow is allowed, as far as the principal's
 * boundary allows it as well. AWS lets a resource's policy that names a role's *session* pass the
 * boundary; here it never does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(question: Question, policies: ApplicablePolicies): Decision {
  const { boundary = [] } = policies;
  const denial = [...policies.resource, ...policies.identity, ...boundary].find(
    (statement) =>
      statement.effect === "Deny" &&
      statement.naming(question) !== undefined &&
      statement.covers(question),
  );
  if (denial) {
    return {
      allowed: false,
      reason: "explicit-deny",
      explanation: `${describe(denial.reference)} denies it`,
      statement: denial.reference,
      policyType: typeOf(denial, policies),
    };
  }
  return limited(question, granted(question, policies), policies.boundary);
}

function typeOf(statement: CompiledStatement, { resource, identity }: ApplicablePolicies) {
  const others = identity.includes(statement) ? "identity-based" : "permissions boundary";
  return resource.includes(statement) ? "resource-based" : others;
}

/** What is allowed, unless a boundary does not allow it. */
function limited(
  question: Question,
  decision: Decision,
  boundary: readonly CompiledStatement[] | undefined,
): Decision {
  const isWithin =
    boundary?.some((statement) => statement.effect === "Allow" && statement.covers(question)) ??
    true;
  return decision.allowed && !isWithin ? notAllowed("permissions boundary") : decision;
}

/** What policies allow, before any boundary. */
function granted(question: Question, policies: ApplicablePolicies): Decision {
  const grants = policies.resource.filter(
    (statement) => statement.effect === "Allow" && statement.covers(question),
  );
  const direct = grants.find((statement) => statement.naming(question) === "self");
  if (direct) {
    return allowedBy(direct.reference);
  }
  const delegated = grants.some((statement) => statement.naming(question) === "account");
  return policies.resourceDecides && !delegated
    ? notAllowed("resource-based")
    : allowedToPrincipal(question, policies.identity);
}

function allowedToPrincipal(question: Question, identity: readonly CompiledStatement[]): Decision {
  switch (question.principal.kind) {
    case "root":
      return {
        allowed: true,
        reason: "allow",
        explanation: "the account's root may do everything",
      };
    case "service":
    case "anonymous":
      return notAllowed("resource-based");
    case "role": {
      const grant = identity.find(
        (statement) => statement.effect === "Allow" && statement.covers(question),
      );
      return grant ? allowedBy(grant.reference) : notAllowed("identity-based");
    }
  }
}

function allowedBy(reference: StatementReference): Decision {
  const explanation = `${describe(reference)} allows it`;
  return { allowed: true, reason: "allow", explanation, statement: reference };
}

function notAllowed(policyType: NonNullable<Decision["policyType"]>): Decision {
  const explanation = `no statement of ${places[policyType]} allows it`;
  return { allowed: false, reason: "implicit-deny", explanation, policyType };
}

const places: Readonly<Record<NonNullable<Decision["policyType"]>, string>> = {
  "identity-based": "its policies",
  "resource-based": "the resource's policy",
  "permissions boundary": "its permissions boundary",
};

/** `statement "TlsOnly" of the resource's policy`. */
function describe({ policy, statement }: StatementReference): string {
  return `statement "${statement}" of ${policy}`;
}
