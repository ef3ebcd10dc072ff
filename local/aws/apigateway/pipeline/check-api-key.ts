import type { UsagePlan } from "../usage-plans";
import type { Exchange, PipelineServices, Route } from "./exchange";
import { GatewayError } from "./gateway-error";

/**
 * Checks the API key where the method needs one: the `x-api-key` header or, where the API says so,
 * what the authorizer gave as `usageIdentifierKey`, whatever the client sent.
 *
 * @returns the usage plan that meters the request, if any.
 * @throws GatewayError `INVALID_API_KEY` when there is no key, an unknown one, or one whose usage
 * plans do not cover the stage.
 */
export function checkApiKey(
  { plans }: PipelineServices,
  exchange: Exchange,
  { method }: Route,
): UsagePlan | undefined {
  if (!method.apiKeyRequired) {
    return undefined;
  }
  const value = keyOf(exchange) ?? "";
  const found = plans.find(exchange.api.id, exchange.stage.name, value);
  if (!found) {
    throw new GatewayError("INVALID_API_KEY");
  }
  exchange.apiKey = { id: found.key.id, value };
  exchange.trace.push(
    `Verifying Usage Plan for request: ${exchange.requestId}. API Key: ${"*".repeat(34)}${value.slice(-6)} API Stage: ${exchange.api.id}/${exchange.stage.name}`,
  );
  return found.plan;
}

function keyOf({ stage, headers, authorization }: Exchange): string | undefined {
  return stage.deployment.definition.apiKeySource === "AUTHORIZER"
    ? authorization?.result?.usageIdentifierKey
    : headers.get("x-api-key");
}
