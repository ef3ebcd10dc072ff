import * as z from "zod/mini";
import { controls, string, text, textProblem } from "./schema-parts";

// What clients say of their images, as JSON and as text.

const maxUserIdLength = 128;
export const maxImageNameLength = 255;
const maxTags = 50;
export const maxTagKeyLength = 128;
export const maxTagValueLength = 256;

/** A segment of a path: any but "." and "..". */
const segment = `(?:\\.?[^./\\\\${controls}][^/\\\\${controls}]*|\\.\\.[^/\\\\${controls}]+)?`;

/** Who owns an image. */
export const userId = text(1, maxUserIdLength).check(
  z.refine(
    (value) => !value.split(/[/\\]/).some((name) => name === "." || name === ".."),
    'must not contain the path segments "." and ".."',
  ),
  z.meta({
    pattern: `^${segment}(?:[/\\\\]${segment})*$`,
    description: "Whose image it is, or whose images",
  }),
);

/** What an image is called. */
export const imageName = z.optional(
  text(1, maxImageNameLength).check(z.meta({ description: "What the image is called" })),
);

function keyProblem(keys: readonly string[]): string | undefined {
  const problem = keys.map((key) => textProblem(key, 1, maxTagKeyLength)).find(Boolean);
  return problem && `has a key that ${problem}`;
}

/** Tags by their keys. */
export const tags = z.pipe(
  // A record of zod leaves out this one key without a word, so it is refused before.
  z.transform((value, { issues }) => {
    if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
      const message = 'must not have the key "__proto__"';
      issues.push({ code: "custom", message, input: value });
    }
    return value;
  }),
  z.record(z.string(), text(0, maxTagValueLength), { error: "must be an object of strings" }).check(
    ({ value, issues }) => {
      const keys = Object.keys(value);
      const problem =
        keys.length > maxTags
          ? `must have at most ${maxTags} entries, but has ${keys.length}`
          : keyProblem(keys);
      if (problem) {
        issues.push({ code: "custom", message: problem, input: value });
      }
    },
    z.meta({
      maxProperties: maxTags,
      description: `By which images are found. Keys have 1 to ${maxTagKeyLength} characters, and no control characters`,
    }),
  ),
);

/** The same where only text can be sent: a query parameter, a part of a form. */
export const tagsText = z
  .pipe(
    z.pipe(
      string(),
      z.transform((value: string, { issues }): unknown => {
        try {
          return JSON.parse(value);
        } catch {
          const message = "must be the JSON text of an object";
          issues.push({ code: "custom", message, input: value });
          return z.NEVER;
        }
      }),
    ),
    tags,
  )
  .check(
    z.meta({
      minLength: 2,
      maxLength: 131_072,
      pattern: "^\\s*\\{[\\s\\S]*\\}\\s*$",
      description: "JSON text of a flat object of strings",
    }),
  );
