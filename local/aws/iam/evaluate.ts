import type { CompiledStatement, Question } from "./compile";
import type { Decision, StatementReference } from "./types";

/** The policies that bear on one question. */
export interface ApplicablePolicies {
  /** Statements of the principal's own policies. */
  identity: readonly CompiledStatement[];
  /** Statements of the resource's policy. */
  resource: readonly CompiledStatement[];
  /** True where the resource's policy must allow, as with KMS keys. */
  resourceDecides: boolean;
}

/**
 * AWS's evaluation logic within one account: a denial anywhere wins; otherwise what either the
 * resource's policy or the principal's own policies allow is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(question: Question, policies: ApplicablePolicies): Decision {
  const denial = [...policies.resource, ...policies.identity].find(
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
      policyType: policies.resource.includes(denial) ? "resource-based" : "identity-based",
    };
  }
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
  const where = policyType === "identity-based" ? "its policies" : "the resource's policy";
  const explanation = `no statement of ${where} allows it`;
  return { allowed: false, reason: "implicit-deny", explanation, policyType };
}

/** `statement "TlsOnly" of the resource's policy`. */
function describe({ policy, statement }: StatementReference): string {
  return `statement "${statement}" of ${policy}`;
}
