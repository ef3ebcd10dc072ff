import type { Context } from "./context";
import { malformedPolicy } from "./malformed";
import { anyCharacter, anyText, arnComponents, matches } from "./match";
import type { Pattern } from "./match";
import { parseTemplate, resolve } from "./variables";
import type { Template } from "./variables";

/**
 * Compares a text of the request with one text of a policy; `undefined` when that cannot be told,
 * since a variable has no value.
 */
export type TextMatcher = (given: string, context: Context) => boolean | undefined;

/** Matches the whole text, `*` and `?` being wildcards. */
export function likeMatcher(text: string, variables: boolean): TextMatcher {
  return patternMatcher(parseTemplate(text, { wildcards: true, variables }));
}

/** Matches the very text; `*` and `?` stand for themselves. */
export function equalsMatcher(text: string, variables: boolean): TextMatcher {
  return patternMatcher(parseTemplate(text, { wildcards: false, variables }));
}

/** Matches as {@link equalsMatcher} does, but ignores case. */
export function equalsIgnoreCaseMatcher(text: string, variables: boolean): TextMatcher {
  const template = parseTemplate(text, { wildcards: false, variables });
  return (given, context) => {
    const pattern = resolve(template, context);
    return pattern && String.fromCharCode(...pattern).toLowerCase() === given.toLowerCase();
  };
}

/**
 * Matches ARNs component by component: a wildcard in partition, service, region or account never
 * reaches into the next one, whereas in the last component it spans `:` and `/`.
 *
 * @throws AwsError `MalformedPolicyDocument` when `text` has fewer than six components.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnMatcher(text: string, variables: boolean): TextMatcher {
  const components = splitArn(parseTemplate(text, { wildcards: true, variables }));
  if (components.length < 6 || !text.startsWith("arn:")) {
    throw malformedPolicy(`"${text}" is not in ARN format.`);
  }
  const matchers = components.map(patternMatcher);
  return (given, context) => {
    const parts = arnComponents(given);
    if (!parts) {
      return false;
    }
    let verdict: boolean | undefined = true;
    for (const [index, matcher] of matchers.entries()) {
      const result = matcher(parts[index] ?? "", context);
      if (result === false) {
        return false;
      }
      verdict = result === undefined ? undefined : verdict;
    }
    return verdict;
  };
}

/** Matches what stands in a `Resource` element: an ARN with wildcards, or `*` alone for anything. */
export function resourceMatcher(text: string, variables: boolean): TextMatcher {
  return text === "*" ? () => true : arnMatcher(text, variables);
}

/** The verdict of several alternatives. */
export function matchesAny(
  matchers: readonly TextMatcher[],
  given: string,
  context: Context,
): boolean | undefined {
  let verdict: boolean | undefined = false;
  for (const matcher of matchers) {
    const result = matcher(given, context);
    if (result) {
      return true;
    }
    verdict = result === undefined ? undefined : verdict;
  }
  return verdict;
}

function patternMatcher(template: Template): TextMatcher {
  if (template.some((token) => typeof token !== "number")) {
    return (given, context) => {
      const pattern = resolve(template, context);
      return pattern && matches(pattern, given);
    };
  }
  const pattern = template as Pattern;
  if (pattern.length === 1 && pattern[0] === anyText) {
    return () => true;
  }
  if (!pattern.includes(anyText) && !pattern.includes(anyCharacter)) {
    const text = String.fromCharCode(...pattern);
    return (given) => given === text;
  }
  return (given) => matches(pattern, given);
}

function splitArn(template: Template): Template[] {
  const components: Template[] = [];
  let start = 0;
  for (const [at, token] of template.entries()) {
    if (token === colon && components.length < 5) {
      components.push(template.slice(start, at));
      start = at + 1;
    }
  }
  return [...components, template.slice(start)];
}

const colon = ":".charCodeAt(0);
