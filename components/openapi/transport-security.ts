import type { Integrated } from "./mocks";

const name = "Strict-Transport-Security";

/** What this looks at of a document for API Gateway. */
export interface AnsweringDocument {
  /** Operations by method, by path. */
  paths: Readonly<Record<string, object | undefined>>;
  "x-amazon-apigateway-gateway-responses": Readonly<Record<string, GatewayResponse>>;
}

interface GatewayResponse {
  responseParameters: Readonly<Record<string, string>>;
}

interface Mock extends Integrated {
  responses: Readonly<Record<string, { headers?: object }>>;
  "x-amazon-apigateway-integration": {
    type: "mock";
    responses: { default: GatewayResponse };
  };
}

/**
 * A document whose own answers, those of mocks and of the gateway's errors, have the header as functions' have it.
 *
 * @param value of the header, such as `max-age=31536000`.
 */
export function withTransportSecurity<Document extends AnsweringDocument>(
  document: Document,
  value: string,
): Document {
  const quoted = `'${value}'`;
  const errors = document["x-amazon-apigateway-gateway-responses"];
  return {
    ...document,
    paths: mapValues(document.paths, (item = {}) =>
      mapValues({ ...item }, (operation: unknown) =>
        isMock(operation) ? answering(operation, quoted) : operation,
      ),
    ),
    "x-amazon-apigateway-gateway-responses": mapValues(errors, (response) =>
      withParameter(response, `gatewayresponse.header.${name}`, quoted),
    ),
  };
}

function answering(operation: Mock, quoted: string): Mock {
  const integration = operation["x-amazon-apigateway-integration"];
  const answer = withParameter(
    integration.responses.default,
    `method.response.header.${name}`,
    quoted,
  );
  return {
    ...operation,
    responses: mapValues(operation.responses, (response) => ({
      ...response,
      headers: { ...response.headers, [name]: { schema: { type: "string" } } },
    })),
    "x-amazon-apigateway-integration": { ...integration, responses: { default: answer } },
  };
}

function withParameter<Response extends GatewayResponse>(
  response: Response,
  parameter: string,
  value: string,
): Response {
  return {
    ...response,
    responseParameters: { ...response.responseParameters, [parameter]: value },
  };
}

function isMock(operation: unknown): operation is Mock {
  const { "x-amazon-apigateway-integration": integration } = operation as Partial<Mock>;
  return integration?.type === "mock";
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
