import type { OpenAPIV3 } from "openapi-types";
import { jsonResponse, openResponses } from "../responses";

/** What GET /health answers; the gateway does so by itself. */
export const healthOperation: OpenAPIV3.OperationObject = {
  operationId: "getHealth",
  tags: ["Health"],
  summary: "Tells that the gateway answers; needs no API key",
  description: "No function runs for it, and it counts to no quota.",
  security: [],
  responses: openResponses({ 200: jsonResponse("The gateway answers", "Health") }),
};
