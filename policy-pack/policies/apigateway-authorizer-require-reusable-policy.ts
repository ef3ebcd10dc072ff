import { functionsOf } from "../lib/authorizer-function";
import { type Authorizer, authorizersIn, isOfWebSocket } from "../lib/authorizers";
import { codeOf } from "../lib/code/function-code";
import { namesRoute } from "../lib/code/policy-resources";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { apiV2Type, authorizerType, authorizerV2Type, restApiType } from "../lib/types";
import { isKnown, textOf } from "../lib/values";

/**
 * API Gateway keeps an answer by its identity sources and takes it for whatever else is called with
 * them: a policy for one route refuses all others then. What the code answers with is read from the
 * code, where the program has it, and is not known otherwise.
 */
export const apigatewayAuthorizerRequireReusablePolicy = stackRule({
  name: "apigateway-authorizer-require-reusable-policy",
  description: "Authorizers whose answers are cached answer for every route of the API.",
  severity: "medium",
  topic: "api",
  remediationSteps:
    "Answer with a policy for all routes, such as the ARN of the API's stage with /* after it, or with a simple response where the API is an HTTP API; or add the route to the identity sources; or set authorizerResultTtlInSeconds to 0.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html",
  types: [authorizerType, authorizerV2Type, restApiType, apiV2Type],
  check(resource, report, _settings, stack) {
    for (const authorizer of authorizersIn(resource).filter((one) => isReused(one, stack))) {
      for (const fn of askedBy(authorizer, stack)) {
        if (answersForOneRoute(fn) && isCertain(authorizer)) {
          report(problemOf(authorizer, fn));
        }
      }
    }
  },
});

/** Whether an answer to one route is, or may turn out to be, taken for another one. */
function isReused(authorizer: Authorizer, stack: CheckedStack): boolean {
  return (
    authorizer.asksFunction &&
    authorizer.secondsCached !== 0 &&
    !isOfWebSocket(authorizer, stack) &&
    !authorizer.answersSimply &&
    !isKeptByRoute(authorizer)
  );
}

/** Whether what answers are kept by has the path and the method in it. */
function isKeptByRoute({ identitySources }: Authorizer): boolean {
  const sources = Array.isArray(identitySources) ? identitySources.map(String) : [];
  const has = (...names: string[]) =>
    sources.some((source) => names.includes(source.replace(/^\$?context\./, "")));
  return has("routeKey") || (has("path", "resourcePath") && has("httpMethod"));
}

/** The functions of the stack that it asks; that it asks another one, whose code nobody sees, is told. */
function askedBy(authorizer: Authorizer, stack: CheckedStack): CheckedResource[] {
  const functions = functionsOf(authorizer, stack);
  if (functions.length === 0 && authorizer.uri !== undefined) {
    authorizer.holder.tellUnknown(authorizer.uriProperty);
  }
  return functions;
}

function answersForOneRoute(fn: CheckedResource): boolean {
  return fn.holds(namesRoute(codeOf(fn)), "code");
}

function isCertain({ secondsCached, identitySources }: Authorizer): boolean {
  return isKnown(secondsCached) && isKnown(identitySources);
}

function problemOf({ title, secondsCached }: Authorizer, fn: CheckedResource): string {
  const whose = title === undefined ? "" : ` for its authorizer ${title}`;
  return `keeps for ${textOf(secondsCached)} seconds${whose} what ${fn.label} answers, and takes it for every route, though its policy names the one that was called`;
}
