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
/** A text in quotes, or where a value is found. */
const source =
  /^(?:'.*'|(?:context|stageVariables|method\.request\.(?:header|querystring|path))\..+)$/s;

/**
 * Reads `x-amazon-apigateway-gateway-responses`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
 *
 * @throws AwsError `BadRequestException` for an unknown response type, a malformed entry or a
 * parameter that is no header or has no source.
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
  for (const [name, expression] of Object.entries(responseParameters)) {
    checkParameter(type, name, expression);
  }
  return {
    ...(statusCode === undefined ? {} : { statusCode }),
    headers: new Map(
      Object.entries(responseParameters).map(([name, value]) => [
        name.slice(headerParameter.length),
        value,
      ]),
    ),
    templates: new Map(Object.entries(responseTemplates)),
  };
}

function checkParameter(type: string, name: string, expression: string): void {
  const failure = `Invalid gateway response '${type}' in API definition: Invalid mapping expression specified: Validation Result: warnings : [], errors : `;
  if (!name.startsWith(headerParameter) || name === headerParameter) {
    throw badRequest(`${failure}[Invalid mapping expression parameter specified: ${name}]`);
  }
  if (!source.test(expression)) {
    throw badRequest(`${failure}[Invalid mapping expression specified: ${expression}]`);
  }
}
