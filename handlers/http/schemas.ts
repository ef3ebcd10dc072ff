import * as z from "zod/mini";
import { anyType, statedImageTypes } from "../images/image-types";
import {
  imageName,
  maxTagKeyLength,
  maxTagValueLength,
  tags,
  tagsText,
  userId,
} from "./image-fields";
import type { Part } from "./multipart";
import { controls, number, only, string, text } from "./schema-parts";

// One source of truth for what clients send: the handlers parse by these schemas, and the OpenAPI
// document is made of them by z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" }).
// Lengths count Unicode code points, as JSON Schema does; zod's own min and max count UTF-16 units.

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

/** Bytes of a request that Lambda takes, and characters of a URL that API Gateway takes. */
const [maxRequestBytes, maxUrlLength] = [6_291_456, 10_240];

function flag(description: string) {
  return z.optional(
    z.enum(["true", "false"], { error: "must be true or false" }).check(z.meta({ description })),
  );
}

const withUrl = "true: with a presigned URL by which the image is got for an hour";

/** A content type by which an image may be called; in any case and with parameters, too. */
function contentType(...types: readonly string[]) {
  return string().check(z.meta({ enum: [...types] }));
}

const stated = "The image's content type; application/octet-stream: as its bytes say";

/** Body of POST /images as `application/json`. */
export const UploadBody = only({
  imageData: string().check(
    z.minLength(1, "must not be empty"),
    z.meta({
      maxLength: maxRequestBytes,
      pattern: "^(?:data:[\\w.+/;=-]*;base64,)?[A-Za-z0-9+/]+={0,2}$",
      description:
        "base64, with or without data:<type>;base64, in front; line breaks, the alphabet of URLs and " +
        "missing padding are accepted, too",
    }),
  ),
  contentType: contentType(...statedImageTypes, anyType).check(z.meta({ description: stated })),
  userId,
  imageName,
  tags: z.optional(tags),
});

/** Parts of POST /images as `multipart/form-data`. */
export const UploadParts = only({
  image: z.pipe(
    z.unknown().check(
      z.refine((part) => part !== undefined, "is required"),
      z.meta({ type: "string", format: "binary", description: "The image itself" }),
    ),
    z.transform((part) => part as Part),
  ),
  userId,
  imageName: imageName.check(z.meta({ description: "By default, the name of the image's file" })),
  tags: z.optional(tagsText),
  contentType: z.optional(
    contentType(...statedImageTypes, anyType).check(
      z.meta({ description: `${stated}. By default, that of the part` }),
    ),
  ),
});

/** Body of POST /uploads. */
export const DirectUploadBody = only({
  contentType: contentType(...statedImageTypes).check(
    z.meta({ description: "What the image will be" }),
  ),
  userId,
  imageName,
  tags: z.optional(tags),
  size: number().check(
    z.refine((value) => Number.isSafeInteger(value) && value >= 1, "must be an integer from 1"),
    z.meta({
      type: "integer",
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Bytes, exactly",
    }),
  ),
});

/**
 * The same as `schema`, but for the user, who may be left out: so it is for callers who are users
 * themselves.
 */
export function withOptionalUser<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape, z.core.$strict>,
) {
  return z.extend(schema, { userId: z.optional(userId) });
}

/** A part of a width or a height, kept to four decimals: no rendition shows more. */
const share = z.pipe(
  number().check(z.refine((value) => value >= 0 && value <= 1, "must be a number from 0 to 1")),
  z.transform((value: number) => Math.round(value * 10_000) / 10_000 + 0),
);

const shareSchema = { type: "number", format: "double", minimum: 0, maximum: 1 };

/** Body of PATCH /images/{id}: what is left out stays as it is. */
export const UpdateBody = only({
  imageName,
  tags: z.optional(
    tags.check(z.meta({ description: "All of the image's tags: they replace those that it has" })),
  ),
  focalPoint: z.optional(
    z.pipe(
      z.unknown().check(
        z.meta({
          type: "object",
          nullable: true,
          properties: {
            x: { ...shareSchema, description: "From the left", example: 0.4 },
            y: { ...shareSchema, description: "From the top", example: 0.25 },
          },
          required: ["x", "y"],
          additionalProperties: false,
          description:
            "What the image is about, as parts of its width and height as shown; null takes it back",
        }),
      ),
      z.union([only({ x: share, y: share }), z.null()], {
        error: "must be an object with x and y from 0 to 1, or null",
      }),
    ),
  ),
});

/** The header `Idempotency-Key`: visible ASCII characters. */
export const IdempotencyKey = z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/));

/** Query of POST /images with an image as the body. */
export const UploadQuery = only({
  userId,
  imageName,
  tags: z.optional(tagsText),
});

/** Presets by which images are asked for; which ones there are, the stack's config says. */
const presets = z.optional(
  string().check(
    z.meta({
      minLength: 1,
      maxLength: maxUrlLength,
      pattern: "^[^,]+(?:,[^,]+)*$",
      description: "Presets, joined by commas: a URL of each is added to the image, in urls",
    }),
  ),
);

/** How many a page of a list has. */
const limit = z.optional(
  string().check(
    z.refine((value) => /^\d+$/.test(value) && Number(value) >= 1, "must be an integer from 1"),
    z.meta({
      type: "integer",
      minimum: 1,
      default: defaultPageSize,
      description: `How many a page has; any more than ${maxPageSize} are as ${maxPageSize}`,
    }),
  ),
);

/** Where a page of a list begins. */
const cursor = z.optional(
  string().check(
    z.meta({
      minLength: 1,
      maxLength: maxUrlLength,
      pattern: "^[A-Za-z0-9_-]+$",
      description: "The nextCursor of the page before",
    }),
  ),
);

/** Query of GET /images. */
export const ListQuery = only({
  userId: z.optional(userId),
  tag: z.optional(
    text(2, maxTagKeyLength + 1 + maxTagValueLength).check(
      z.refine(
        (value) => value.includes(":", 1),
        "must be a tag's key and value, joined by a colon",
      ),
      z.meta({
        pattern: `^[^${controls}]+:[^${controls}]*$`,
        description: "A tag that the images have, as key:value",
      }),
    ),
  ),
  limit,
  cursor,
  urls: flag(withUrl),
  preset: presets,
  similarTo: z.optional(
    string().check(
      z.meta({
        format: "uuid",
        minLength: 36,
        maxLength: 36,
        description:
          "The id of an image: those of the same user that look like it, most similar first, each with " +
          "its distance. Goes neither with tag nor with cursor",
      }),
    ),
  ),
  maxDistance: z.optional(
    string().check(
      z.refine(
        (value) => /^\d{1,2}$/.test(value) && Number(value) <= maxDistance,
        `must be an integer from 0 to ${maxDistance}`,
      ),
      z.meta({
        type: "integer",
        minimum: 0,
        maximum: maxDistance,
        description:
          "With similarTo, in how many of 64 bits the images' perceptual hashes may differ. " +
          `By default ${defaultDistance}`,
      }),
    ),
  ),
});

/** Query of GET /images/{id}. */
export const ImageQuery = only({ url: flag(withUrl), preset: presets });

/** Query of the routes that take none. */
export const NoQuery = only({});

/** What a record is called. */
const recordId = text(1, maxRecordIdLength).check(
  z.refine(
    (value) => Buffer.byteLength(value) <= maxPartitionKeyBytes,
    `must have at most ${maxPartitionKeyBytes} bytes in UTF-8`,
  ),
  z.meta({
    // Of the characters that take the most bytes, four, as many as fit.
    pattern: `^(?:[\\x20-\\x7e]*|[^${controls}]{1,${maxPartitionKeyBytes / 4}})$`,
    description: `Of the record, at most ${maxPartitionKeyBytes} bytes in UTF-8`,
  }),
);

const anyObject = { error: "must be a JSON object" };

/** Body of POST /process: any JSON object that has an `id`. */
export const ProcessBody = z.looseObject({ id: recordId }, anyObject);

/** Body of PUT /records/{id}: any JSON object, which need not repeat the id. */
export const RecordBody = z.looseObject({ id: z.optional(recordId) }, anyObject);

/** Path of a record. */
export const RecordPath = only({ id: recordId });

/** Query of GET /results. */
export const ResultsQuery = only({
  id: recordId,
  userId: z.optional(userId.check(z.meta({ description: "Whose results" }))),
  limit,
  cursor,
});
