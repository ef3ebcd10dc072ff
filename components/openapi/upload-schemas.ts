import type { OpenAPIV3 } from "openapi-types";
import { type Members, object } from "./json-schema";
import { bucketUrl, choice, imageId, instant, texts, url, uuid, words } from "./values";

const uploadId = uuid("And the id of the image that the upload is to become");

const expiresAt = instant("When the form stops working", "2026-03-14T10:26:53.589Z");

const status = choice("How the upload stands", ["pending", "ready", "rejected"]);

const outcome: Members = {
  imageId: uuid("Set once the image is ready"),
  reason: {
    ...object({
      code: words("For programs", 64, "UnreadableImage"),
      message: words("A sentence for people", 1024, "The PNG is cut off at byte 1024."),
    }),
    description: "Why the upload was rejected",
  },
};

/** Schemas of direct uploads by name. */
export const uploadSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  CreatedUpload: {
    ...object({
      message: words("A sentence for people", 255, "The upload was created."),
      uploadId,
      status: choice("How the upload stands", ["pending"]),
      expiresAt,
      upload: {
        ...object({
          url: url("Where to send the form", `${bucketUrl}/`),
          method: choice("How to send it", ["POST"]),
          fields: texts(
            "What the form holds before the image, which is its last field: file",
            50,
            8192,
            { key: `uploads/${imageId}`, "Content-Type": "image/png", "X-Amz-Signature": "0b9f" },
          ),
        }),
        description: "The form",
      },
    }),
    description: "A form by which an image goes straight to S3",
  },
  Upload: {
    ...object({ uploadId, status }, { expiresAt, ...outcome }),
    description: "How a direct upload stands",
  },
};

/** What there is besides where uploads are scanned for malware. */
export const scanSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  StagedUpload: {
    ...object(
      {
        message: words("A sentence for people", 255, "The image waits to be scanned."),
        uploadId,
        status,
      },
      outcome,
    ),
    description: "How an upload stands that a scan has to let through",
  },
};
