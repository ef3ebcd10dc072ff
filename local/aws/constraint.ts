import type { z } from "zod";

/** A member of an input that breaks a rule, as zod tells of it. */
type Issue = z.core.$ZodRawIssue;

/** Ways in which a member can break its rule, as AWS's services name the rule. */
const constraints: Readonly<Record<string, (issue: never) => string | undefined>> = {
  invalid_type: () => "Member must not be null",
  invalid_value: ({ values }: z.core.$ZodIssueInvalidValue) =>
    `Member must satisfy enum value set: [${values.map(String).join(", ")}]`,
  invalid_format: ({
    pattern,
    prefix,
  }: z.core.$ZodIssueInvalidStringFormat & { prefix?: string }) =>
    pattern === undefined && prefix === undefined
      ? undefined
      : `Member must satisfy regular expression pattern: ${prefix === undefined ? bare(pattern ?? "") : `${prefix}.*`}`,
  too_big: ({ origin, maximum }: z.core.$ZodIssueTooBig) =>
    `Member must have ${measured(origin)} less than or equal to ${maximum}`,
  too_small: ({ origin, minimum }: z.core.$ZodIssueTooSmall) =>
    `Member must have ${measured(origin)} greater than or equal to ${minimum}`,
};

/**
 * What a service of AWS says that a member must be. A message of the schema's own goes before it.
 *
 * @returns undefined where zod's words have to do.
 */
export function constraintOf(issue: Issue): string | undefined {
  const say = constraints[issue.code] as ((issue: Issue) => string | undefined) | undefined;
  return say?.(issue);
}

/** Such as `1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: …`. */
export function validationMessage(issues: readonly z.core.$ZodIssue[]): string {
  const count = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
  const problems = issues.map(
    ({ input, path, message }) =>
      `Value${shown(input)} at '${memberAt(path)}' failed to satisfy constraint: ${message}`,
  );
  return `${count} detected: ${problems.join("; ")}`;
}

/** A value as AWS repeats it; what is no scalar is not repeated. */
function shown(input: unknown): string {
  if (input === undefined || input === null) {
    return " null";
  }
  const isScalar =
    typeof input === "string" || typeof input === "number" || typeof input === "boolean";
  return isScalar ? ` '${String(input)}'` : "";
}

/** Names as services have them inside, and places in lists from 1, such as `entries.1.member.id`. */
function memberAt(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === "number"
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (letters) => letters.toLowerCase()),
    )
    .join(".");
}

/** Numbers have a value, all else a length. */
function measured(origin: string): string {
  return ["number", "int", "bigint"].includes(origin) ? "value" : "length";
}

/** A pattern without zod's slashes, and without the anchors that AWS leaves out. */
function bare(pattern: string): string {
  return pattern.replace(/^\/|\/[a-z]*$/g, "").replace(/^\^|\$$/g, "");
}
