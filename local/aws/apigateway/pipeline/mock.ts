import type { IntegrationResponse, MockIntegration } from "../definition";
import type { Exchange, Reply } from "./exchange";
import { evaluateHeader, isHeaderValue } from "./expressions";
import { GatewayError } from "./gateway-error";
import { newOverrides, type Overrides, renderTemplate } from "./mapping-template";
import { isBinary, requestMediaType, responseTemplate } from "./media-types";

/**
 * Answers by a mock integration: the request template gives a status code, and that selects the
 * response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 *
 * @throws GatewayError `UNSUPPORTED_MEDIA_TYPE`, or `API_CONFIGURATION_ERROR` when a template
 * fails, gives no status code, or no response matches.
 */
export function mock(accountId: string, exchange: Exchange, integration: MockIntegration): Reply {
  exchange.integration = { latencyMs: 0, status: 200 };
  const overrides = newOverrides();
  const status = mockStatus(accountId, exchange, integration, overrides);
  exchange.integration.status = status;
  const response =
    integration.responses.find(({ selectionPattern }) => selectionPattern?.test(String(status))) ??
    integration.responses.find(({ selectionPattern }) => !selectionPattern);
  if (!response) {
    throw configurationError(
      "No match for output mapping and no default output mapping configured",
    );
  }
  return mapResponse(accountId, exchange, response, overrides);
}

function mockStatus(
  accountId: string,
  exchange: Exchange,
  integration: MockIntegration,
  overrides: Overrides,
): number {
  const template = requestTemplate(exchange, integration);
  const text =
    template === undefined
      ? exchange.body.toString("utf8")
      : render(accountId, exchange, integration, template, overrides);
  // API Gateway reads `{statusCode: 200}` too, which many templates say.
  const status = /^\s*\{\s*["']?statusCode["']?\s*:\s*(\d{3})\s*[,}]/.exec(text)?.[1];
  if (status === undefined) {
    throw configurationError(
      "Unable to parse statusCode. It should be an integer that is defined in the request template.",
    );
  }
  return Number(status);
}

/**
 * @returns `undefined` when the body passes through untransformed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
function requestTemplate(exchange: Exchange, integration: MockIntegration): string | undefined {
  const { requestTemplates, passthroughBehavior } = integration;
  const template =
    requestTemplates.get(requestMediaType(exchange)) ?? requestTemplates.get("$default");
  const refused =
    passthroughBehavior === "never" ||
    (passthroughBehavior === "when_no_templates" && requestTemplates.size > 0);
  if (template === undefined && refused) {
    throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
  }
  return template;
}

/**
 * A template works on text only: without `CONVERT_TO_TEXT`, a binary request fails, even one
 * without a body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
function render(
  accountId: string,
  exchange: Exchange,
  { contentHandling }: MockIntegration,
  template: string,
  overrides: Overrides,
): string {
  const binary = isBinary(exchange, requestMediaType(exchange));
  if (contentHandling === "CONVERT_TO_BINARY" || (binary && contentHandling === undefined)) {
    throw configurationError("Unable to transform request");
  }
  const input = binary
    ? { ...exchange, body: Buffer.from(exchange.body.toString("base64")) }
    : exchange;
  return runTemplate(template, accountId, input, overrides);
}

function mapResponse(
  accountId: string,
  exchange: Exchange,
  response: IntegrationResponse,
  overrides: Overrides,
): Reply {
  const [mediaType, template] = responseTemplate(exchange, response.templates) ?? [
    "application/json",
    "",
  ];
  const text = runTemplate(template, accountId, exchange, overrides);
  const { status, header } = overrides.responseOverride;
  const headers = new Map<string, string>([["Content-Type", mediaType]]);
  for (const [name, expression] of response.headers) {
    const value = evaluateHeader(expression, accountId, exchange);
    if (value !== undefined) {
      headers.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(header)) {
    if (isHeaderValue(String(value))) {
      headers.set(name, String(value));
    }
  }
  const overridden = typeof status === "number" && status >= 200 && status <= 599;
  return {
    statusCode: overridden ? status : response.statusCode,
    // A mock tells of a trace only where the stage traces.
    headers: [
      ...headers,
      ...(exchange.stage.tracingEnabled
        ? [["X-Amzn-Trace-Id", exchange.repliedTraceId] satisfies [string, string]]
        : []),
    ],
    body: Buffer.from(text),
  };
}

function runTemplate(
  template: string,
  accountId: string,
  exchange: Exchange,
  overrides: Overrides,
): string {
  try {
    return renderTemplate(template, accountId, exchange, overrides);
  } catch (error) {
    throw configurationError(`Unable to transform: ${(error as Error).name}`);
  }
}

function configurationError(detail: string): GatewayError {
  return new GatewayError("API_CONFIGURATION_ERROR", {
    cause: `Execution failed due to configuration error: ${detail}`,
  });
}
