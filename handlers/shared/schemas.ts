import * as z from "zod";
import type { Part } from "./multipart";

// One source of truth for what clients send: the handlers parse by these schemas, and the OpenAPI
// document is made of them by z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" }).
// Lengths count Unicode code points, as JSON Schema does; zod's own min and max count UTF-16 units.

export const maxUserIdLength = 128;
export const maxImageNameLength = 255;
export const maxTags = 50;
export const maxTagKeyLength = 128;
export const maxTagValueLength = 256;
export const maxRecordIdLength = 1024;
/** Of the JSON text of POST /process and of its result, in bytes; an answer of it can be stored. */
export const maxDocumentBytes = 256 * 1024;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const maxPartitionKeyBytes = 2048;
export const defaultPageSize = 20;
export const maxPageSize = 100;
/** What an image without a name is called. */
export const defaultImageName = "unnamed";

/** What is wrong with a text, or `undefined`. */
function textProblem(value: string, minLength: number, maxLength: number): string | undefined {
  const length = Array.from(value).length;
  if (length < minLength || length > maxLength) {
    return `must have ${minLength} to ${maxLength} characters, but has ${length}`;
  }
  return /[\p{Cc}\p{Cs}]/u.test(value)
    ? "must not contain control characters or unpaired surrogates"
    : undefined;
}

function string() {
  return z.string({
    error: (issue) => (issue.input === undefined ? "is required" : "must be a string"),
  });
}

/** Any Unicode but control characters and unpaired surrogates. */
function text(minLength: number, maxLength: number) {
  return string()
    .check(({ value, issues }) => {
      const problem = textProblem(value, minLength, maxLength);
      if (problem) {
        issues.push({ code: "custom", message: problem, input: value });
      }
    })
    .meta({ minLength, maxLength });
}

/** An object that has no members but those of `shape`: a misspelt name is not passed over. */
function only<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `is not accepted (accepted: ${names || "none"})`
        : "must be a JSON object",
  });
}

const userId = text(1, maxUserIdLength).refine(
  (value) => !value.split(/[/\\]/).some((segment) => segment === "." || segment === ".."),
  'must not contain the path segments "." and ".."',
);

const imageName = text(1, maxImageNameLength).optional();

function keyProblem(keys: readonly string[]): string | undefined {
  const problem = keys.map((key) => textProblem(key, 1, maxTagKeyLength)).find(Boolean);
  return problem && `has a key that ${problem}`;
}

const tags = z
  // A record of zod leaves out this one key without a word, so it is refused before.
  .preprocess(
    (value, context) => {
      if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
        context.addIssue('must not have the key "__proto__"');
      }
      return value;
    },
    z
      .record(z.string(), text(0, maxTagValueLength), { error: "must be an object of strings" })
      .check(({ value, issues }) => {
        const keys = Object.keys(value);
        const problem =
          keys.length > maxTags
            ? `must have at most ${maxTags} entries, but has ${keys.length}`
            : keyProblem(keys);
        if (problem) {
          issues.push({ code: "custom", message: problem, input: value });
        }
      })
      .meta({ maxProperties: maxTags }),
  );

/** The same where only text can be sent: a query parameter, a part of a form. */
const tagsText = string()
  .transform((value, context): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue("must be the JSON text of an object");
      return z.NEVER;
    }
  })
  .pipe(tags)
  .meta({ description: "JSON text of a flat object of strings" });

const flag = z.enum(["true", "false"], { error: "must be true or false" }).optional();

/** Body of POST /images as `application/json`. */
export const UploadBody = only({
  image_data: string().min(1, "must not be empty").meta({ description: "base64" }),
  content_type: string(),
  user_id: userId,
  image_name: imageName,
  tags: tags.optional(),
});

/** Parts of POST /images as `multipart/form-data`. */
export const UploadParts = only({
  image: z
    .unknown()
    .refine((part) => part !== undefined, "is required")
    .meta({ type: "string", format: "binary" })
    .transform((part) => part as Part),
  user_id: userId,
  image_name: imageName,
  tags: tagsText.optional(),
  content_type: string().optional(),
});

/** Body of POST /uploads. */
export const DirectUploadBody = only({
  content_type: string(),
  user_id: userId,
  image_name: imageName,
  tags: tags.optional(),
  size: z
    .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
    .refine((value) => Number.isSafeInteger(value) && value >= 1, "must be an integer from 1")
    .meta({ type: "integer", minimum: 1, description: "Bytes, exactly" }),
});

/** The header `Idempotency-Key`: visible ASCII characters. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** Query of POST /images with an image as the body. */
export const UploadQuery = only({
  userId,
  imageName,
  tags: tagsText.optional(),
});

/** Query of GET /images. */
export const ListQuery = only({
  userId: userId.optional(),
  tag: text(2, maxTagKeyLength + 1 + maxTagValueLength)
    .refine((value) => value.includes(":", 1), "must be a tag's key and value, joined by a colon")
    .meta({ description: "A tag that the images have, as key:value" })
    .optional(),
  limit: string()
    .refine((value) => /^\d+$/.test(value) && Number(value) >= 1, "must be an integer from 1")
    .meta({ type: "integer", minimum: 1, default: defaultPageSize })
    .optional(),
  cursor: string().optional(),
  urls: flag,
});

/** Query of GET /images/{id}. */
export const ImageQuery = only({ url: flag });

/** Query of the routes that take none. */
export const NoQuery = only({});

/** Body of POST /process: any JSON object that has an `id`. */
export const ProcessBody = z.looseObject(
  {
    id: text(1, maxRecordIdLength).refine(
      (value) => Buffer.byteLength(value) <= maxPartitionKeyBytes,
      `must have at most ${maxPartitionKeyBytes} bytes in UTF-8`,
    ),
  },
  { error: "must be a JSON object" },
);
