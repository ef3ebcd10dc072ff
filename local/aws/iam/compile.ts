import type { Account } from "../types";
import { compileConditions } from "./conditions";
import type { Context } from "./context";
import { compileActions, compileResources } from "./elements";
import { hasVariables, parsePolicyDocument, statementsOf } from "./policy-document";
import type { PolicyKind } from "./policy-document";
import { compilePrincipals } from "./policy-principals";
import type { Naming } from "./policy-principals";
import type { PolicyStatement, Principal, StatementReference } from "./types";

/** What is asked: may `principal` do `action` on `resource`? */
export interface Question {
  principal: Principal;
  /** In any case: actions ignore it. */
  action: string;
  /** ARN, or `*`. */
  resource: string;
  context: Context;
  account: Account;
}

/** A statement that is ready to be evaluated. */
export interface CompiledStatement {
  reference: StatementReference;
  effect: "Allow" | "Deny";
  /** How the statement names the principal; statements of identity policies always mean `self`. */
  naming(question: Question): Naming;
  /** Whether action, resource and conditions apply. */
  covers(question: Question): boolean;
  /** What the statement allows or denies: each of its actions on each of its resources. */
  grants: readonly Grant[];
}

/** One action pattern on one resource pattern of a statement. */
export interface Grant {
  /** As the document says it, such as `s3:Get*`. */
  action: string;
  /** As the document says it, such as `arn:aws:s3:::photos/*`. */
  resource: string;
  /** Whether action and resource apply; conditions are the statement's. */
  covers(question: Question): boolean;
}

/**
 * Compiles a policy document once, so that a decision takes microseconds.
 *
 * @param source JSON text, or what was parsed from it.
 * @param name what explanations call it.
 * @throws AwsError `MalformedPolicyDocument`.
 */
export function compilePolicy(
  source: unknown,
  kind: PolicyKind,
  name: string,
): readonly CompiledStatement[] {
  const document = parsePolicyDocument(source, kind);
  const variables = hasVariables(document);
  return statementsOf(document).map((statement, index) => ({
    reference: { policy: name, statement: statement.Sid ?? String(index + 1) },
    effect: statement.Effect,
    naming: compileNaming(statement),
    ...compileScope(statement, variables),
  }));
}

function compileNaming(statement: PolicyStatement): CompiledStatement["naming"] {
  if (statement.NotPrincipal !== undefined) {
    const exempt = compilePrincipals(statement.NotPrincipal);
    return ({ principal, account }) => (exempt.exempts(principal, account) ? undefined : "self");
  }
  if (statement.Principal !== undefined) {
    const named = compilePrincipals(statement.Principal);
    return ({ principal, account }) => named.naming(principal, account);
  }
  return () => "self";
}

/** What `statement` says, as a test of questions and as the list of its grants. */
function compileScope(
  statement: PolicyStatement,
  variables: boolean,
): Pick<CompiledStatement, "covers" | "grants"> {
  const whenUnknown = statement.Effect === "Deny";
  const actions = compileActions(statement);
  const resources = compileResources(statement, variables);
  const conditions = compileConditions(statement.Condition ?? {}, variables);
  return {
    covers: ({ action, resource, context }) =>
      actions.covers(action.toLowerCase(), context) &&
      resources.covers(resource, context) &&
      conditions.every((condition) => condition(context, whenUnknown)),
    grants: actions.patterns.flatMap((action) =>
      resources.patterns.map((resource) => ({
        action: action.text,
        resource: resource.text,
        covers: (question: Question) =>
          action.matches(question.action.toLowerCase(), question.context) &&
          resource.matches(question.resource, question.context),
      })),
    ),
  };
}
