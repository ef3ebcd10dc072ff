import { AwsError } from "../../aws-error";
import type { InvokeResult } from "../../types";
import type { LambdaProxyIntegration } from "../definition";
import type { Exchange, IntegrationFacts, PipelineServices, Reply, Route } from "./exchange";
import { GatewayError } from "./gateway-error";
import { invokeFunction } from "./invoke-function";
import { proxyEvent } from "./proxy-event";
import { proxyReply } from "./proxy-reply";

/**
 * Invokes the function of a Lambda proxy integration and turns its result into the reply.
 *
 * @throws GatewayError `INTEGRATION_TIMEOUT` (504), `REQUEST_TOO_LARGE` (413) when the event is
 * more than Lambda takes, `API_CONFIGURATION_ERROR` (500) when Lambda refuses the invocation,
 * `DEFAULT_5XX` with 502 when the function fails or its result is malformed.
 */
export async function lambdaProxy(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  integration: LambdaProxyIntegration,
): Promise<Reply> {
  if (integration.httpMethod.toUpperCase() !== "POST") {
    throw new GatewayError("API_CONFIGURATION_ERROR", {
      cause: "Execution failed due to configuration error: Lambda is invoked with POST only",
    });
  }
  const started = performance.now();
  const facts: IntegrationFacts = { latencyMs: 0, status: 200 };
  exchange.integration = facts;
  try {
    const result = await invoke(services, exchange, route, integration);
    failOnFunctionError(result);
    return proxyReply(exchange, result.payload);
  } catch (error) {
    const failure = error instanceof AwsError ? refusedByLambda(error) : error;
    if (failure instanceof GatewayError) {
      facts.status = failure.statusCode;
      facts.error = failure.message;
    }
    throw failure;
  } finally {
    facts.latencyMs = Math.round(performance.now() - started);
  }
}

function invoke(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  { functionArn, timeoutMs }: LambdaProxyIntegration,
): Promise<InvokeResult> {
  const { api, stage } = exchange;
  const { httpMethod, resourcePath } = route.method;
  return invokeFunction(services, exchange, {
    functionArn,
    event: proxyEvent(services.accountId, exchange, route),
    // Path parameters stay in braces, so that permissions for `/images/*` and `/images/{id}` fit.
    sourceArn: `${api.executionArn}/${stage.name}/${httpMethod}${resourcePath}`,
    timeoutMs,
    onTimeout: () =>
      new GatewayError("INTEGRATION_TIMEOUT", {
        cause: "Execution failed due to a timeout error",
      }),
  });
}

function failOnFunctionError({ functionError }: InvokeResult): void {
  if (functionError) {
    throw new GatewayError("DEFAULT_5XX", {
      statusCode: 502,
      cause: "Lambda execution failed with status 200 due to customer function error",
    });
  }
}

/** What a refusal by Lambda itself means to the client. */
function refusedByLambda({ statusCode, code }: AwsError): GatewayError {
  return statusCode === 413
    ? new GatewayError("REQUEST_TOO_LARGE", { cause: code })
    : new GatewayError("API_CONFIGURATION_ERROR", {
        cause: `Execution failed due to configuration error: ${code}`,
      });
}
