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
    return decided("explicit-deny", `${describe(denial.reference)} denies it`, denial.reference);
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
    ? notAllowed(question, "the resource's policy")
    : allowedToPrincipal(question, policies.identity);
}

function allowedToPrincipal(question: Question, identity: readonly CompiledStatement[]): Decision {
  switch (question.principal.kind) {
    case "root":
      return decided("allow", "the account's root may do everything");
    case "service":
    case "anonymous":
      return notAllowed(question, "the resource's policy");
    case "role": {
      const grant = identity.find(
        (statement) => statement.effect === "Allow" && statement.covers(question),
      );
      return grant ? allowedBy(grant.reference) : notAllowed(question, "its policies");
    }
  }
}

function allowedBy(reference: StatementReference): Decision {
  return decided("allow", `${describe(reference)} allows it`, reference);
}

function notAllowed({ action, resource }: Question, where: string): Decision {
  return decided("implicit-deny", `no statement of ${where} allows ${action} on ${resource}`);
}

function decided(
  reason: Decision["reason"],
  explanation: string,
  statement?: StatementReference,
): Decision {
  return { allowed: reason === "allow", reason, explanation, ...(statement && { statement }) };
}

/** `statement "TlsOnly" of the resource's policy`. */
function describe({ policy, statement }: StatementReference): string {
  return `statement "${statement}" of ${policy}`;
}
