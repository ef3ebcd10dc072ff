import * as z from "zod";
import { anyType, statedImageTypes } from "../images/image-types";
import type { Part } from "./multipart";
import { controls, only, string, text, textProblem } from "./schema-parts";

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
/** Bits of perceptual hashes: beyond the most, images that have nothing in common are near. */
export const defaultDistance = 10;
export const maxDistance = 20;
/** What an image without a name is called. */
export const defaultImageName = "unnamed";

/** A segment of a path: any but "." and "..". */
const segment = `(?:\\.?[^./\\\\${controls}][^/\\\\${controls}]*|\\.\\.[^/\\\\${controls}]+)?`;

/** Who owns an image. */
export const userId = text(1, maxUserIdLength)
  .refine(
    (value) => !value.split(/[/\\]/).some((name) => name === "." || name === ".."),
    'must not contain the path segments "." and ".."',
  )
  .meta({ pattern: `^${segment}(?:[/\\\\]${segment})*$` });

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
      .meta({
        maxProperties: maxTags,
        description: `Keys have 1 to ${maxTagKeyLength} characters, and no control characters`,
      }),
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

/** A content type by which an image may be called; in any case and with parameters, too. */
function contentType(...types: readonly string[]) {
  return string().meta({ enum: [...types] });
}

const stated = "The image's content type; application/octet-stream: as its bytes say";

/** Body of POST /images as `application/json`. */
export const UploadBody = only({
  imageData: string()
    .min(1, "must not be empty")
    .meta({
      pattern: "^(?:data:[\\w.+/;=-]*;base64,)?[A-Za-z0-9+/]+={0,2}$",
      description:
        "base64, with or without data:<type>;base64, in front; line breaks, the alphabet of URLs and " +
        "missing padding are accepted, too",
    }),
  contentType: contentType(...statedImageTypes, anyType).meta({ description: stated }),
  userId,
  imageName,
  tags: tags.optional(),
});

/** Parts of POST /images as `multipart/form-data`. */
export const UploadParts = only({
  image: z
    .unknown()
    .refine((part) => part !== undefined, "is required")
    .meta({ type: "string", format: "binary" })
    .transform((part) => part as Part),
  userId,
  imageName: imageName.meta({ description: "By default, the name of the image's file" }),
  tags: tagsText.optional(),
  contentType: contentType(...statedImageTypes, anyType)
    .meta({ description: `${stated}. By default, that of the part` })
    .optional(),
});

/** Body of POST /uploads. */
export const DirectUploadBody = only({
  contentType: contentType(...statedImageTypes),
  userId,
  imageName,
  tags: tags.optional(),
  size: z
    .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
    .refine((value) => Number.isSafeInteger(value) && value >= 1, "must be an integer from 1")
    .meta({
      type: "integer",
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Bytes, exactly",
    }),
});

/**
 * The same as `schema`, but for the user, who may be left out: so it is for callers who are users
 * themselves.
 */
export function withOptionalUser<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
) {
  return schema.extend({ userId: userId.optional() });
}

/** A part of a width or a height, kept to four decimals: no rendition shows more. */
const share = z
  .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
  .refine((value) => value >= 0 && value <= 1, "must be a number from 0 to 1")
  .transform((value) => Math.round(value * 10_000) / 10_000 + 0);

const shareSchema = { type: "number", minimum: 0, maximum: 1 };

/** Body of PATCH /images/{id}: what is left out stays as it is. */
export const UpdateBody = only({
  imageName,
  tags: tags
    .meta({ description: "All of the image's tags: they replace those that it has" })
    .optional(),
  focalPoint: z
    .unknown()
    // Without a type, since API Gateway's models do not know that something may be null.
    .meta({
      properties: { x: shareSchema, y: shareSchema },
      required: ["x", "y"],
      additionalProperties: false,
      description:
        "What the image is about, as parts of its width and height as shown, from left and top; null " +
        "takes it back",
    })
    .pipe(
      z.union([only({ x: share, y: share }), z.null()], {
        error: "must be an object with x and y from 0 to 1, or null",
      }),
    )
    .optional(),
});

/** The header `Idempotency-Key`: visible ASCII characters. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** Query of POST /images with an image as the body. */
export const UploadQuery = only({
  userId,
  imageName,
  tags: tagsText.optional(),
});

/** Presets by which images are asked for; which ones there are, the stack's config says. */
const presets = string()
  .meta({
    pattern: "^[^,]+(?:,[^,]+)*$",
    description: "Presets, joined by commas: a URL of each is added to the image, in urls",
  })
  .optional();

/** Query of GET /images. */
export const ListQuery = only({
  userId: userId.optional(),
  tag: text(2, maxTagKeyLength + 1 + maxTagValueLength)
    .refine((value) => value.includes(":", 1), "must be a tag's key and value, joined by a colon")
    .meta({
      pattern: `^[^${controls}]+:[^${controls}]*$`,
      description: "A tag that the images have, as key:value",
    })
    .optional(),
  limit: string()
    .refine((value) => /^\d+$/.test(value) && Number(value) >= 1, "must be an integer from 1")
    .meta({ type: "integer", minimum: 1, default: defaultPageSize })
    .optional(),
  cursor: string().optional(),
  urls: flag,
  preset: presets,
  similarTo: string()
    .meta({
      description:
        "The id of an image: those of the same user that look like it, most similar first, each with " +
        "its distance. Goes neither with tag nor with cursor",
    })
    .optional(),
  maxDistance: string()
    .refine(
      (value) => /^\d{1,2}$/.test(value) && Number(value) <= maxDistance,
      `must be an integer from 0 to ${maxDistance}`,
    )
    .meta({
      type: "integer",
      minimum: 0,
      maximum: maxDistance,
      default: defaultDistance,
      description:
        "With similarTo, in how many of 64 bits the images' perceptual hashes may differ",
    })
    .optional(),
});

/** Query of GET /images/{id}. */
export const ImageQuery = only({ url: flag, preset: presets });

/**
 * Query of GET /images/{id}/url, but for the operations.
 *
 * @param maxSeconds the longest that a URL may be asked to work; OpenAPI does not tell it, as stacks
 * differ.
 */
export function imageUrlQuery(maxSeconds = Number.MAX_SAFE_INTEGER) {
  return only({
    expires: string()
      .refine(
        (value) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= maxSeconds,
        `must be an integer from 1 to ${maxSeconds}`,
      )
      .meta({
        type: "integer",
        minimum: 1,
        description:
          "Seconds for which the URL has to work, at most what the stack's maxUrlSeconds says; an hour, " +
          "if nothing is said. It ends with the window, as urlWindowSeconds says, that this time ends in",
      })
      .optional(),
    contentDisposition: z
      .enum(["inline", "attachment"], { error: "must be inline or attachment" })
      .meta({ description: "attachment: a browser saves the image instead of showing it" })
      .optional(),
    fileName: text(1, maxImageNameLength)
      .meta({
        description:
          "The name that an attachment is saved under, whose extension becomes that of the format; by " +
          "default, the image's",
      })
      .optional(),
  }).refine(
    ({ contentDisposition, fileName }) =>
      fileName === undefined || contentDisposition === "attachment",
    { path: ["fileName"], message: "needs contentDisposition=attachment" },
  );
}

/** Query of the routes that take none. */
export const NoQuery = only({});

/** Body of POST /process: any JSON object that has an `id`. */
export const ProcessBody = z.looseObject(
  {
    id: text(1, maxRecordIdLength)
      .refine(
        (value) => Buffer.byteLength(value) <= maxPartitionKeyBytes,
        `must have at most ${maxPartitionKeyBytes} bytes in UTF-8`,
      )
      .meta({
        // Of the characters that take the most bytes, four, as many as fit.
        pattern: `^(?:[\\x20-\\x7e]*|[^${controls}]{1,${maxPartitionKeyBytes / 4}})$`,
        description: `At most ${maxPartitionKeyBytes} bytes in UTF-8`,
      }),
  },
  { error: "must be a JSON object" },
);
