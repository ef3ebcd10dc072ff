import type { z } from "zod";

/** A member of an input that breaks a rule, as zod tells of it. */
type Issue = z.core.$ZodRawIssue;

/**
 * What a service of AWS says that a member must be. A message of the schema's own goes before it.
 *
 * @returns undefined where zod's words have to do.
 */
export function constraintOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return "Member must not be null";
    case "invalid_value":
      return `Member must satisfy enum value set: [${issue.values.map(String).join(", ")}]`;
    case "invalid_format":
      return formatOf(issue);
    case "too_big":
      return `Member must have ${measured(issue.origin)} less than or equal to ${issue.maximum}`;
    case "too_small":
      return `Member must have ${measured(issue.origin)} greater than or equal to ${issue.minimum}`;
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
    case "unrecognized_keys":
      return undefined;
  }
}

/** The pattern that a text has to match; none, if zod tells neither that nor how it has to begin. */
function formatOf({
  pattern,
  prefix,
}: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidStringFormat>): string | undefined {
  const expected = typeof prefix === "string" ? `${prefix}.*` : pattern && bare(pattern);
  return expected && `Member must satisfy regular expression pattern: ${expected}`;
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
