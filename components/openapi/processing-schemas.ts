import type { OpenAPIV3 } from "openapi-types";
import { ProcessBody, RecordBody } from "../../handlers/http/schemas";
import { object, schemaRef, toOpenApi } from "./json-schema";
import { anyObject, cdnUrl, instant, integer, url, uuid, words } from "./values";

const resultId = "0195950a-6b1c-7d2e-8f3a-4b5c6d7e8f90";
const resultKey = `results/${resultId}.json`;
const record = { place: "roof", unit: "°C" };

const id = words("Of the record", 1024, "sensor-1");
const userId = words("Whose it is", 128, "ada");
const s3Key = words("Where the result is in the results bucket", 1024, resultKey);
const resultUrl = url("Where the CDN serves the result", `${cdnUrl}/${resultKey}`);

/** Schemas of records, and of what they are processed to. */
export const processingSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  ProcessBody: {
    ...toOpenApi(ProcessBody, "Any JSON object that has an id, of at most 256 KiB"),
    example: { id: "sensor-1", temperature: 21.5 },
  },
  ProcessedData: {
    ...object({
      message: words("A sentence for people", 255, "The data was processed."),
      s3Key,
      url: resultUrl,
      processedData: anyObject("The posted fields merged over those of the record", {
        id: "sensor-1",
        ...record,
        temperature: 21.5,
        processedAt: "2026-03-14T09:26:53.589Z",
      }),
    }),
    description: "The result, and where it is stored",
  },
  RecordBody: {
    ...toOpenApi(
      RecordBody,
      "Any JSON object of at most 256 KiB, 32 levels deep, with numbers of at most 38 digits; its id, if it has " +
        "one, is that of the path",
    ),
    example: record,
  },
  StoredRecord: {
    ...object({ id }, { userId }),
    additionalProperties: true,
    description: "A record: what was put, with its id and, of a user's, userId",
    example: { id: "sensor-1", ...record },
  },
  ListedResult: {
    ...object(
      {
        resultId: uuid("Of the result", resultId),
        id,
        timestamp: instant("When it was processed", "2026-03-14T09:26:53.589Z"),
        bytes: integer("Of its JSON text", 2, 262_144, 91),
        s3Key,
        url: resultUrl,
      },
      { userId },
    ),
    description: "What there is to know of a result",
  },
  ResultList: {
    ...object(
      {
        results: {
          type: "array",
          maxItems: 100,
          items: schemaRef("ListedResult"),
          description: "Newest first",
        },
      },
      {
        nextCursor: {
          ...words(
            "Where the next page begins, if there is one: pass it as cursor",
            8192,
            "mY0w4T8o5kP7FsXq0bC1J1siMjAyNi0wMy0xNFQwOToyNjo1My41ODlaIg",
          ),
          pattern: "^[A-Za-z0-9_-]+$",
        },
      },
    ),
    description: "A page of results",
  },
};
