import { AwsError } from "../../../aws-error";
import type { InvokeResult } from "../../../types";
import { isObject } from "../../../../is-object";
import { parseJson } from "../../../../parse-json";
import type { AuthorizationFacts, Exchange, PipelineServices, Route } from "../exchange";
import { GatewayError } from "../gateway-error";
import { invokeFunction } from "../invoke-function";
import { authorizerEvent } from "./authorizer-event";
import { type AuthorizerResult, MalformedResult, readAuthorizerResult } from "./authorizer-result";
import { PolicyNotEmulated } from "./method-policy";
import type { Question } from "./question";

/** As long as API Gateway waits for integrations: of authorizers, AWS documents no time. */
const timeoutMs = 29_000;

/**
 * Invokes an authorizer's function. What fails is forgotten: only results are kept.
 *
 * @param facts get what is known of the invocation, whatever comes of it.
 * @throws GatewayError `UNAUTHORIZED` when the function fails with just this word;
 * `AUTHORIZER_CONFIGURATION_ERROR` when it fails in any other way, may not be invoked or returns what
 * is no result; `AUTHORIZER_FAILURE` when Lambda has no room for it, or it takes too long.
 */
export async function askAuthorizer(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  question: Question,
  facts: AuthorizationFacts,
): Promise<AuthorizerResult> {
  const started = performance.now();
  try {
    const result = await invoke(services, exchange, route, question);
    facts.integrationStatus = result.statusCode;
    failOnFunctionError(exchange, result);
    return readAuthorizerResult(result.payload);
  } catch (error) {
    throw failureOf(services, exchange, question, error);
  } finally {
    facts.integrationLatencyMs = Math.round(performance.now() - started);
  }
}

function invoke(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  question: Question,
): Promise<InvokeResult> {
  const { id, functionArn } = question.authorizer;
  return invokeFunction(services, exchange, {
    functionArn,
    event: authorizerEvent(question, services.accountId, exchange, route),
    sourceArn: `${exchange.api.executionArn}/authorizers/${id}`,
    timeoutMs,
    onTimeout: () =>
      new GatewayError("AUTHORIZER_FAILURE", { cause: "Execution failed due to a timeout error" }),
  });
}

function failOnFunctionError({ requestId }: Exchange, { functionError, payload }: InvokeResult) {
  if (!functionError) {
    return;
  }
  const error = parseJson(payload);
  if (isObject(error) && error.errorMessage === "Unauthorized") {
    throw new GatewayError("UNAUTHORIZED", { cause: `Unauthorized request: ${requestId}` });
  }
  throw configurationError("Authorizer error");
}

/** What comes of an invocation that did not lead to a result, told to those who can mend it. */
function failureOf(
  { notify }: PipelineServices,
  { trace }: Exchange,
  { authorizer }: Question,
  error: unknown,
): unknown {
  if (error instanceof PolicyNotEmulated) {
    notify(
      `API Gateway does not emulate ${error.message}, which the authorizer "${authorizer.name}" returns: its callers get 500.`,
    );
    return configurationError(`${error.message} are not emulated`);
  }
  if (error instanceof MalformedResult) {
    return configurationError(`Invalid JSON in response: ${error.message}`);
  }
  if (error instanceof AwsError) {
    trace.push(`Lambda refuses to invoke the authorizer: ${error.code}`);
    const isBusy = error.statusCode === 429 || error.statusCode >= 500;
    return isBusy
      ? new GatewayError("AUTHORIZER_FAILURE", { cause: "Execution failed: Authorizer error" })
      : configurationError("Authorizer error");
  }
  return error;
}

function configurationError(detail: string): GatewayError {
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", {
    cause: `Execution failed due to configuration error: ${detail}`,
  });
}
