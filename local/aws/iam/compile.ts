import type { Account } from "../types";
import { compileConditions, negate } from "./conditions";
import type { Context } from "./context";
import { malformedPolicy } from "./malformed";
import { listOf, parsePolicyDocument, statementsOf } from "./policy-document";
import type { PolicyKind } from "./policy-document";
import { compilePrincipals } from "./policy-principals";
import type { Naming } from "./policy-principals";
import { likeMatcher, matchesAny, resourceMatcher } from "./text-matchers";
import type { TextMatcher } from "./text-matchers";
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
  // Without a version AWS assumes the old one, in which `${…}` is plain text.
  const variables = document.Version === "2012-10-17";
  return statementsOf(document).map((statement, index) => ({
    reference: { policy: name, statement: statement.Sid ?? String(index + 1) },
    effect: statement.Effect,
    naming: compileNaming(statement),
    covers: compileCovers(statement, variables),
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

function compileCovers(
  statement: PolicyStatement,
  variables: boolean,
): CompiledStatement["covers"] {
  const whenUnknown = statement.Effect === "Deny";
  const action = compileElement(statement.Action, statement.NotAction, actionMatcher, whenUnknown);
  const resource = compileElement(
    statement.Resource,
    statement.NotResource,
    (text) => resourceMatcher(text, variables),
    whenUnknown,
  );
  const conditions = compileConditions(statement.Condition ?? {}, variables);
  return (question) =>
    action(question.action.toLowerCase(), question.context) &&
    resource(question.resource, question.context) &&
    conditions.every((condition) => condition(question.context, whenUnknown));
}

/** An element and its opposite. Trust policies have neither for resources: they cover their role. */
function compileElement(
  element: string | string[] | undefined,
  opposite: string | string[] | undefined,
  compile: (text: string) => TextMatcher,
  whenUnknown: boolean,
): (given: string, context: Context) => boolean {
  const matchers = listOf(element ?? opposite ?? []).map(compile);
  if (element !== undefined) {
    return (given, context) => matchesAny(matchers, given, context) === true;
  }
  return (given, context) => negate(matchesAny(matchers, given, context), whenUnknown);
}

function actionMatcher(text: string): TextMatcher {
  if (!/^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(text)) {
    throw malformedPolicy(
      `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: "${text}"`,
    );
  }
  return likeMatcher(text.toLowerCase(), false);
}
