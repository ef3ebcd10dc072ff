import type { OpenAPIV3 } from "openapi-types";
import {
  DirectUploadBody,
  UploadBody,
  UploadParts,
  withOptionalUser,
} from "../../handlers/http/schemas";
import { errorLimits, errorSchema, limitNames } from "./error-schemas";
import { object, toOpenApi } from "./json-schema";
import { schemas } from "./schemas";
import { choice, flag, integer, words } from "./values";

const most = Number.MAX_SAFE_INTEGER;

function amount(description: string, count: number, max: number): OpenAPIV3.SchemaObject {
  return {
    ...object(
      { count: integer("There are", 0, most, count) },
      { max: integer("There may be; left out where there is no limit", 1, most, max) },
    ),
    description,
  };
}

/** Schemas by name that are other ones, or that there are only, where users are known. */
export const userSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  UploadBody: toOpenApi(withOptionalUser(UploadBody), schemas.UploadBody?.description),
  UploadParts: toOpenApi(withOptionalUser(UploadParts), schemas.UploadParts?.description),
  DirectUploadBody: toOpenApi(
    withOptionalUser(DirectUploadBody),
    schemas.DirectUploadBody?.description,
  ),
  Me: {
    ...object({
      userId: words("Who asks", 128, "ada"),
      isAdmin: flag("Whether images of all users may be seen and changed", false),
      images: amount("How many images there are of the user", 12, 1000),
      bytes: amount("How many bytes they have together", 52_428_800, 1_073_741_824),
    }),
    description: "Who the user is, how much the user has, and how much users may have",
  },
  ApiError: errorSchema({
    ...errorLimits,
    limit: choice(
      "Which limit a 413, a 429 or UserLimitReached is about",
      [...limitNames, "images", "bytes"],
      "request",
    ),
    maxBytes: integer("The limit of a 413 or of the user, in bytes", 1, most, 4_194_304),
    maxImages: integer("With UserLimitReached: images a user may have", 1, most, 1000),
    images: integer("With UserLimitReached: images the user has", 0, most, 1000),
    bytes: integer("With UserLimitReached: bytes that they have", 0, most, 1_073_741_824),
    size: integer("With UserLimitReached: bytes of one more", 1, most, 5_242_880),
  }),
};
