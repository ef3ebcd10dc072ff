import type { OpenAPIV3 } from "openapi-types";
import * as z from "zod";
import {
  DirectUploadBody,
  ProcessBody,
  UpdateBody,
  UploadBody,
  UploadParts,
} from "../../handlers/http/schemas";

/** What errors may say is limited. */
export const limitNames = ["image", "pixels", "request", "result", "quota", "throttle"];

/** What errors say of limits, where users are not known. */
export const errorLimits: Members = {
  limit: { type: "string", enum: limitNames, description: "Which limit a 413 or a 429 is about" },
  maxBytes: { type: "integer", description: "The limit of a 413, in bytes" },
  maxPixels: { type: "integer", description: "The limit of a 413 about pixels" },
  maxRequests: { type: "integer", description: "The quota's requests in a day (UTC)" },
};

/** The OpenAPI 3.0 schema of what `schema` takes in. */
export function toOpenApi(schema: z.core.$ZodType): OpenAPIV3.SchemaObject {
  return z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" }) as OpenAPIV3.SchemaObject;
}

const imageMetadata: Members = {
  imageId: { type: "string", description: "UUID" },
  timestamp: { type: "string", description: "When the image became ready: ISO 8601, UTC" },
  userId: { type: "string" },
  imageName: { type: "string" },
  key: { type: "string", description: "Where the image is stored" },
  contentType: { type: "string" },
  size: { type: "integer", description: "Bytes" },
  tags: { type: "object", additionalProperties: { type: "string" } },
  width: { type: "integer", description: "Pixels as stored, before the orientation is applied" },
  height: { type: "integer", description: "Pixels as stored, before the orientation is applied" },
  etag: { type: "string", description: "The image's ETag, without quotes" },
};

const share: OpenAPIV3.SchemaObject = { type: "number", minimum: 0, maximum: 1 };

/** Metadata that not every image has, or not yet. */
const furtherMetadata: Members = {
  orientation: {
    type: "integer",
    minimum: 1,
    maximum: 8,
    description: "As EXIF numbers it, if the file states one",
  },
  focalPoint: {
    ...object({ x: share, y: share }),
    description:
      "What the image is about, as parts of its width and height as shown, from left and top",
  },
  locationRemoved: {
    type: "boolean",
    description: "Is true if the file said where it was taken, which was blanked",
  },
  thumbHash: {
    type: "string",
    description: "A placeholder, in base64 (ThumbHash). This and what follows come a little later",
  },
  dominantColor: { type: "string", pattern: "^#[0-9a-f]{6}$" },
  transparent: { type: "boolean", description: "Whether any pixel of the first frame is" },
  frames: { type: "integer", minimum: 1, description: "1 unless it is an animated GIF or WebP" },
  perceptualHash: {
    type: "string",
    pattern: "^[0-9a-f]{16}$",
    description: "64 bits, of which few differ between images that look alike",
  },
};

const uploadId: OpenAPIV3.SchemaObject = {
  type: "string",
  description: "UUID, and the id of the image that the upload is to become",
};

const expiresAt: OpenAPIV3.SchemaObject = {
  type: "string",
  description: "When the form stops working: ISO 8601, UTC",
};

const presignedUrl: OpenAPIV3.SchemaObject = {
  type: "string",
  description: "Gets the image for an hour, without an API key",
};

const renditionUrls: OpenAPIV3.SchemaObject = {
  type: "object",
  additionalProperties: { type: "string" },
  description: "By preset, signed URLs that get the image as the preset makes it",
};

/**
 * Schemas by name. API Gateway makes models of them, whose names are alphanumeric, and which know
 * JSON Schema draft 4 without `oneOf`, `nullable` and examples.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const schemas: Record<string, OpenAPIV3.SchemaObject> = {
  UploadBody: toOpenApi(UploadBody),
  UploadParts: toOpenApi(UploadParts),
  DirectUploadBody: toOpenApi(DirectUploadBody),
  UpdateBody: toOpenApi(UpdateBody),
  ProcessBody: toOpenApi(ProcessBody),
  Health: object({ status: { type: "string" } }),
  ImageMetadata: object(imageMetadata, furtherMetadata),
  UploadedImage: object({
    message: { type: "string" },
    imageId: { type: "string" },
    url: presignedUrl,
    metadata: schemaRef("ImageMetadata"),
  }),
  CreatedUpload: object({
    message: { type: "string" },
    uploadId,
    status: { type: "string", enum: ["pending"] },
    expiresAt,
    upload: object({
      url: { type: "string", description: "Where to send the form" },
      method: { type: "string", enum: ["POST"] },
      fields: {
        type: "object",
        additionalProperties: { type: "string" },
        description: "What the form holds before the image, which is its last field: file",
      },
    }),
  }),
  Upload: object(
    { uploadId, status: { type: "string", enum: ["pending", "ready", "rejected"] } },
    {
      expiresAt,
      imageId: { type: "string", description: "Set once the image is ready" },
      reason: {
        ...object({ code: { type: "string" }, message: { type: "string" } }),
        description: "Why the upload was rejected",
      },
    },
  ),
  FoundImage: object(
    { imageId: { type: "string" }, metadata: schemaRef("ImageMetadata") },
    { url: presignedUrl, urls: renditionUrls },
  ),
  RenditionUrl: object(
    { url: { type: "string", description: "Gets the image, without an API key" } },
    {
      expiresAt: {
        type: "string",
        description: "When the URL stops working: ISO 8601, UTC; left out if it does not",
      },
    },
  ),
  ListedImage: object(imageMetadata, {
    ...furtherMetadata,
    url: presignedUrl,
    urls: renditionUrls,
    distance: { type: "integer", description: "With similarTo: bits in which the hashes differ" },
  }),
  ImageList: object(
    {
      images: { type: "array", items: schemaRef("ListedImage") },
      count: { type: "integer", description: "Images in this answer" },
      hasMore: { type: "boolean" },
    },
    { nextCursor: { type: "string", description: "Pass it as cursor to get the next page" } },
  ),
  ProcessedData: object({
    message: { type: "string" },
    s3Key: { type: "string" },
    url: { type: "string", description: "Where the CDN serves the result" },
    processedData: { type: "object", additionalProperties: true },
  }),
  Problem: object({
    field: { type: "string", description: "What is wrong, or body" },
    problem: { type: "string", description: "Completes a sentence that begins with the field" },
    pointer: { type: "string", description: "JSON pointer to it (RFC 6901)" },
  }),
  ApiError: errorSchema(errorLimits),
};

/** What every error is, with what some errors say of limits. */
export function errorSchema(limits: Members): OpenAPIV3.SchemaObject {
  const members = {
    error: { type: "string", description: "A sentence for people" },
    code: { type: "string", description: "For programs, such as InvalidRequest" },
    requestId: { type: "string" },
  } as const;
  return {
    ...object(members, { details: { type: "array", items: schemaRef("Problem") }, ...limits }),
    additionalProperties: true,
  };
}

/** A reference to one of `schemas`. */
export function schemaRef(name: string): OpenAPIV3.ReferenceObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** Members of an object by name. */
export type Members = Record<string, OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject>;

/** An object with these members and no others. */
export function object(required: Members, optional: Members = {}): OpenAPIV3.SchemaObject {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}
