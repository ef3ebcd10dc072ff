import { z } from "zod";
import type { GatewayResponseDefinition } from "../definition";
import { badRequest } from "../errors";
import { responseTypes } from "../pipeline/gateway-error";
import type { ApiDocument } from "./document";

const definition = z.object({
  statusCode: z.coerce.number().int().min(200).max(599).optional(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});
const headerParameter = "gatewayresponse.header.";

/**
 * Reads `x-amazon-apigateway-gateway-responses`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
 *
 * @throws AwsError `BadRequestException` for an unknown response type or a malformed entry.
 */
export function readGatewayResponses(
  document: ApiDocument,
): ReadonlyMap<string, GatewayResponseDefinition> {
  const entries = document.object(document.root["x-amazon-apigateway-gateway-responses"]);
  return new Map(
    Object.entries(entries).map(([type, entry]) => [type, readGatewayResponse(type, entry)]),
  );
}

function readGatewayResponse(type: string, entry: unknown): GatewayResponseDefinition {
  const parsed = definition.safeParse(entry);
  if (!Object.hasOwn(responseTypes, type) || !parsed.success) {
    throw badRequest(`Invalid gateway response '${type}' in API definition`);
  }
  const { statusCode, responseParameters, responseTemplates } = parsed.data;
  return {
    ...(statusCode === undefined ? {} : { statusCode }),
    headers: new Map(
      Object.entries(responseParameters)
        .filter(([name]) => name.startsWith(headerParameter))
        .map(([name, value]) => [name.slice(headerParameter.length), value]),
    ),
    templates: new Map(Object.entries(responseTemplates)),
  };
}
