import { type CommonDetail, type DetailType, schemaVersion } from "./stack-events";

// The contract of events, for whoever makes consumers: nothing of it is in the function.

/** A JSON Schema of a detail. */
interface DetailSchema {
  $schema: string;
  title: DetailType;
  type: "object";
  properties: Readonly<Record<string, object>>;
  required: readonly string[];
}

const time = { type: "string", format: "date-time" };
const text = { type: "string", minLength: 1 };
const uuid = { type: "string", format: "uuid" };
const count = { type: "integer", minimum: 0 };
const pixels = { type: "integer", minimum: 1 };

const common: Readonly<Record<keyof CommonDetail, object>> = {
  schemaVersion: { const: schemaVersion },
  eventId: text,
  occurredAt: time,
};

/**
 * Schemas of details, by detail type. They allow members that they do not name: those that are added
 * leave `schemaVersion` as it is.
 */
export const eventSchemas: Readonly<Record<DetailType, DetailSchema>> = {
  ImageReady: schema("ImageReady", {
    status: { const: "ready" },
    imageId: uuid,
    userId: text,
    contentType: text,
    size: count,
    width: pixels,
    height: pixels,
    timestamp: time,
  }),
  ImageRejected: schema("ImageRejected", {
    status: { const: "rejected" },
    imageId: uuid,
    userId: text,
    wasReady: { type: "boolean" },
    reason: {
      type: "object",
      properties: { code: text, message: text },
      required: ["code", "message"],
    },
  }),
  ImageDeleted: schema("ImageDeleted", {
    status: { const: "deleted" },
    imageId: uuid,
    userId: text,
  }),
  ResultStored: schema(
    "ResultStored",
    {
      status: { const: "stored" },
      resultId: uuid,
      id: text,
      s3Key: text,
      bytes: count,
      userId: text,
      timestamp: time,
    },
    ["userId"],
  ),
};

function schema(
  title: DetailType,
  own: Readonly<Record<string, object>>,
  optional: readonly string[] = [],
): DetailSchema {
  const properties = { ...common, ...own };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title,
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
  };
}
