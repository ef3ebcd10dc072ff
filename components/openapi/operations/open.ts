import type { OpenAPIV3 } from "openapi-types";
import { jsonResponse, openResponses } from "../responses";
import { documentPath, healthPath } from "../routes";

/** By path, what GET answers whoever asks; the gateway does so by itself. */
export const openOperations: Readonly<Record<string, OpenAPIV3.OperationObject>> = {
  [healthPath]: {
    operationId: "getHealth",
    tags: ["Health"],
    summary: "Tells that the gateway answers; needs no API key",
    description: "No function runs for it, and it counts to no quota.",
    security: [],
    responses: openResponses({ 200: jsonResponse("The gateway answers", "Health") }),
  },
  [documentPath]: {
    operationId: "getOpenApi",
    tags: ["Contract"],
    summary: "Gets this document, with the server that it comes from; needs no API key",
    description:
      "What this stack takes and answers: with users, where it has an issuer. It counts to no quota.",
    security: [],
    responses: openResponses({
      200: jsonResponse("The document", "OpenApiDocument", "Cache-Control"),
    }),
  },
};
