import * as z from "zod/mini";

// What the schemas of requests are made of.

// Patterns keep to what every language's expressions know: no property classes, no looking ahead.

/** Control characters, within brackets of a pattern. */
export const controls = "\\x00-\\x1f\\x7f-\\x9f";

/** What is wrong with a text, or `undefined`. */
export function textProblem(
  value: string,
  minLength: number,
  maxLength: number,
): string | undefined {
  const length = Array.from(value).length;
  if (length < minLength || length > maxLength) {
    return `must have ${minLength} to ${maxLength} characters, but has ${length}`;
  }
  return /[\p{Cc}\p{Cs}]/u.test(value)
    ? "must not contain control characters or unpaired surrogates"
    : undefined;
}

export function string() {
  return z.string({
    error: (issue) => (issue.input === undefined ? "is required" : "must be a string"),
  });
}

export function number() {
  return z.number({
    error: (issue) => (issue.input === undefined ? "is required" : "must be a number"),
  });
}

/** Any Unicode but control characters and unpaired surrogates. */
export function text(minLength: number, maxLength: number) {
  return string().check(
    ({ value, issues }) => {
      const problem = textProblem(value, minLength, maxLength);
      if (problem) {
        issues.push({ code: "custom", message: problem, input: value });
      }
    },
    z.meta({ minLength, maxLength, pattern: `^[^${controls}]*$` }),
  );
}

/** An object that has no members but those of `shape`: a misspelt name is not passed over. */
export function only<Shape extends z.core.$ZodShape>(shape: Shape) {
  const names = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `is not accepted (accepted: ${names || "none"})`
        : "must be a JSON object",
  });
}
