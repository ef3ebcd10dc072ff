import { knownKey } from "./condition-keys";
import type { Context } from "./context";
import { malformedPolicy } from "./malformed";
import { anyCharacter, anyText, literal } from "./match";
import type { Pattern } from "./match";

/** A policy variable: `${aws:PrincipalTag/team, 'none'}`. */
interface Variable {
  /** In lower case. */
  key: string;
  fallback?: string;
}

/** A pattern that may have variables in it. */
export type Template = readonly (number | Variable)[];

/** How the text of a policy is to be read. */
export interface Reading {
  /** Whether `*` and `?` are wildcards. */
  wildcards: boolean;
  /** Whether `${…}` is a variable, which takes policy version 2012-10-17. */
  variables: boolean;
}

/**
 * Reads a text of a policy.
 *
 * @throws AwsError `MalformedPolicyDocument` when a variable is not closed or has an unknown key.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string, reading: Reading): Template {
  const template: (number | Variable)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (reading.variables && text.startsWith("${", at)) {
      const end = text.indexOf("}", at);
      if (end < 0) {
        throw malformedPolicy(`A policy variable is not closed: ${text}`);
      }
      template.push(parseVariable(text.slice(at + 2, end)));
      at = end;
    } else {
      template.push(codeAt(text, at, reading.wildcards));
    }
  }
  return template;
}

/**
 * Puts the request's values in the place of variables. What is in a value is never a wildcard.
 *
 * @returns `undefined` when a variable has no value and no default, or several values.
 */
export function resolve(template: Template, context: Context): Pattern | undefined {
  const pattern: number[] = [];
  for (const token of template) {
    if (typeof token === "number") {
      pattern.push(token);
      continue;
    }
    const values = context.get(token.key) ?? (token.fallback === undefined ? [] : [token.fallback]);
    const [value] = values;
    if (value === undefined || values.length > 1) {
      return undefined;
    }
    pattern.push(...literal(value));
  }
  return pattern;
}

function codeAt(text: string, at: number, wildcards: boolean): number {
  const character = text[at];
  if (wildcards && character === "*") {
    return anyText;
  }
  return wildcards && character === "?" ? anyCharacter : text.charCodeAt(at);
}

function parseVariable(text: string): number | Variable {
  if (text === "*" || text === "?" || text === "$") {
    return text.charCodeAt(0);
  }
  const parts = /^\s*([^\s,']+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(text);
  const [, key, fallback] = parts ?? [];
  if (key === undefined) {
    throw malformedPolicy(`A policy variable cannot be read: \${${text}}`);
  }
  return { key: knownKey(key), ...(fallback !== undefined && { fallback }) };
}
