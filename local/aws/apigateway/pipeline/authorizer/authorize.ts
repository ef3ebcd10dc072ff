import type { Authorizer } from "../../definition";
import type { AuthorizationFacts, Exchange, PipelineServices, Route } from "../exchange";
import { GatewayError } from "../gateway-error";
import { resolveFunctionArn } from "../invoke-function";
import { askAuthorizer } from "./ask-authorizer";
import type { AuthorizerResult } from "./authorizer-result";
import { identityOf } from "./identity";
import { methodArn } from "./method-arn";
import type { Question } from "./question";

/** The text of a denial, by what the policy said. */
const denials = {
  "explicit-deny":
    "User is not authorized to access this resource with an explicit deny in an identity-based policy",
  "implicit-deny": "User is not authorized to access this resource",
};

/**
 * Asks the method's authorizer, if it has one, and leaves what it said in the exchange.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 *
 * @throws GatewayError `UNAUTHORIZED` when the request does not say who its caller is,
 * `ACCESS_DENIED` when the authorizer's policy does not allow the method, `DEFAULT_4XX` with 414 for
 * paths that are too long, and as {@link askAuthorizer}.
 */
export async function authorize(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
): Promise<void> {
  const { authorizer } = route.method;
  if (!authorizer) {
    return;
  }
  const started = performance.now();
  const facts: AuthorizationFacts = { latencyMs: 0, status: 200 };
  exchange.authorization = facts;
  try {
    const question = questionOf(services, exchange, authorizer);
    facts.result = await resultFor(services, exchange, route, question, facts);
    enforce(facts.result, question, facts);
  } catch (error) {
    if (error instanceof GatewayError && !facts.result) {
      facts.status = error.statusCode;
      facts.error = error.text ?? error.responseType;
    }
    throw error;
  } finally {
    facts.latencyMs = Math.round(performance.now() - started);
  }
}

/** What was said before of the same identity, or else what the authorizer says now. */
async function resultFor(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  question: Question,
  facts: AuthorizationFacts,
): Promise<AuthorizerResult> {
  const { id, functionArn, resultTtlSeconds } = question.authorizer;
  const { stage, trace } = exchange;
  const key = [stage.name, id, resolveFunctionArn(functionArn, exchange), question.identity];
  const { authorizerResults, clock } = services;
  const known =
    resultTtlSeconds > 0 ? authorizerResults.find(stage.deployment, key, clock()) : undefined;
  const result = known ?? (await askAuthorizer(services, exchange, route, question, facts));
  if (!known && resultTtlSeconds > 0) {
    const expiresAt = new Date(clock().getTime() + resultTtlSeconds * 1000);
    authorizerResults.keep(stage.deployment, key, result, expiresAt);
  }
  trace.push(
    `Using valid authorizer policy for principal: ${masked(result.principalId, 6)}`,
    "Successfully completed authorizer execution",
  );
  return result;
}

function questionOf(
  { accountId }: PipelineServices,
  exchange: Exchange,
  authorizer: Authorizer,
): Question {
  const arn = methodArn(exchange);
  const { requestId, trace } = exchange;
  trace.push(`Starting authorizer: ${authorizer.id} for request: ${requestId}`);
  const identity = identityOf(authorizer, accountId, exchange);
  if (!identity) {
    throw new GatewayError("UNAUTHORIZED", { cause: `Unauthorized request: ${requestId}` });
  }
  trace.push(`Incoming identity: ${masked(identity.flat().join(","), 0)}`);
  return { authorizer, identity, methodArn: arn };
}

function enforce(
  { policy }: AuthorizerResult,
  question: Question,
  facts: AuthorizationFacts,
): void {
  const verdict = policy(question.methodArn);
  if (verdict === "allow") {
    facts.policy = { status: 200 };
    return;
  }
  const error = "The client is not authorized to perform this operation.";
  facts.policy = { status: 403, error };
  throw new GatewayError("ACCESS_DENIED", { message: denials[verdict], cause: error });
}

/** As API Gateway logs principals; of what the client sent, it would show the end as well. */
function masked(text: string, shown: number): string {
  const hidden = Math.max(text.length - shown, 0);
  return "*".repeat(hidden) + text.slice(hidden);
}
