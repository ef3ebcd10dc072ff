import type { OpenAPIV3 } from "openapi-types";
import { idempotencyKey } from "../parameters";
import { jsonBody } from "../request-bodies";
import { jsonResponse, repeatErrors, responses } from "../responses";
import { apiKeySecurity as security } from "./security";

const tags = ["Processing"];

/** Operations on data. */
export const processingOperations = {
  "process-data": {
    operationId: "processData",
    tags,
    summary: "Merges the posted fields over the record of that id and stores the result",
    description:
      "The record stays as it is. The result is JSON in the results bucket, where it can be neither changed nor " +
      "deleted for resultsLockDays, and anybody who knows its url gets it from the CDN.",
    security,
    parameters: [idempotencyKey],
    requestBody: jsonBody("ProcessBody", "The fields, and the id of the record"),
    responses: responses(
      {
        200: jsonResponse(
          "The result, and where it is stored",
          "ProcessedData",
          "Idempotency-Replayed",
        ),
      },
      415,
      ...repeatErrors,
    ),
  },
} satisfies Record<string, OpenAPIV3.OperationObject>;
