import type { OpenAPIV3 } from "openapi-types";
import {
  DirectUploadBody,
  UploadBody,
  UploadParts,
  withOptionalUser,
} from "../../handlers/http/schemas";
import { errorLimits, errorSchema, limitNames, object, toOpenApi } from "./schemas";

const amount: OpenAPIV3.SchemaObject = object(
  { count: { type: "integer", minimum: 0 } },
  { max: { type: "integer", minimum: 1, description: "Left out where there is no limit" } },
);

/** Schemas by name that are other ones, or that there are only, where users are known. */
export const userSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  UploadBody: toOpenApi(withOptionalUser(UploadBody)),
  UploadParts: toOpenApi(withOptionalUser(UploadParts)),
  DirectUploadBody: toOpenApi(withOptionalUser(DirectUploadBody)),
  Me: object({
    userId: { type: "string" },
    isAdmin: {
      type: "boolean",
      description: "Whether images of all users may be seen and changed",
    },
    images: { ...amount, description: "How many images there are of the user" },
    bytes: { ...amount, description: "How many bytes they have together" },
  }),
  ApiError: errorSchema({
    ...errorLimits,
    limit: {
      type: "string",
      enum: [...limitNames, "images", "bytes"],
      description: "Which limit a 413, a 429 or UserLimitReached is about",
    },
    maxBytes: { type: "integer", description: "The limit of a 413 or of the user, in bytes" },
    maxImages: { type: "integer", description: "With UserLimitReached: images a user may have" },
    images: { type: "integer", description: "With UserLimitReached: images the user has" },
    bytes: { type: "integer", description: "With UserLimitReached: bytes that they have" },
    size: { type: "integer", description: "With UserLimitReached: bytes of one more" },
  }),
};
