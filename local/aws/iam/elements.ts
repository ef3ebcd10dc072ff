import { negate } from "./conditions";
import type { Context } from "./context";
import { malformedPolicy } from "./malformed";
import { listOf } from "./policy-document";
import { likeMatcher, matchesAny, resourceMatcher } from "./text-matchers";
import type { TextMatcher } from "./text-matchers";
import type { PolicyStatement } from "./types";

/** The actions or the resources that a statement is about. */
export interface Element {
  covers(given: string, context: Context): boolean;
  /** The alternatives that the document lists; one for all that a `Not…` element leaves. */
  patterns: readonly ElementPattern[];
}

export interface ElementPattern {
  /** As the document says it. */
  text: string;
  matches(given: string, context: Context): boolean;
}

/** `Action` or `NotAction`, for actions in lower case. */
export function compileActions(statement: PolicyStatement): Element {
  const { Action, NotAction } = statement;
  return compileElement(Action, NotAction, actionMatcher, isDenial(statement));
}

/**
 * `Resource` or `NotResource`. Trust policies have neither: they cover their role.
 *
 * @param variables whether the policy's version has variables.
 */
export function compileResources(statement: PolicyStatement, variables: boolean): Element {
  const { Resource, NotResource } = statement;
  const compile = (text: string) => resourceMatcher(text, variables);
  return compileElement(Resource, NotResource, compile, isDenial(statement));
}

/** Whether what cannot be told counts as covered: never in favour of the caller. */
function isDenial({ Effect }: PolicyStatement): boolean {
  return Effect === "Deny";
}

function compileElement(
  element: string | string[] | undefined,
  opposite: string | string[] | undefined,
  compile: (text: string) => TextMatcher,
  whenUnknown: boolean,
): Element {
  const texts = listOf(element ?? opposite ?? []);
  const matchers = texts.map(compile);
  if (element === undefined) {
    const covers: Element["covers"] = (given, context) =>
      negate(matchesAny(matchers, given, context), whenUnknown);
    return { covers, patterns: [{ text: `all but ${texts.join(", ")}`, matches: covers }] };
  }
  return {
    covers: (given, context) => matchesAny(matchers, given, context) === true,
    patterns: texts.map((text, index) => ({
      text,
      matches: (given, context) => matchers[index]?.(given, context) === true,
    })),
  };
}

function actionMatcher(text: string): TextMatcher {
  if (!/^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(text)) {
    throw malformedPolicy(
      `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: "${text}"`,
    );
  }
  return likeMatcher(text.toLowerCase(), false);
}
