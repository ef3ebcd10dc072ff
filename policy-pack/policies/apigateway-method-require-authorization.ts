import { operationsOf } from "../lib/openapi-operations";
import { matchesAny } from "../lib/pattern";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { isLimitedToEndpoints, isPrivate } from "../lib/private-apis";
import { protocolOf } from "../lib/stage-settings";
import type { CheckedStack } from "../lib/stack";
import { apiV2Type, restApiType } from "../lib/types";
import { mayBe, textOf } from "../lib/values";

const methodType = "aws:apigateway/method:Method";
const routeType = "aws:apigatewayv2/route:Route";

/**
 * The document of an API is checked if it is JSON; one in YAML is not read. Private APIs whose policy
 * names VPC endpoints are left to it.
 */
export const apigatewayMethodRequireAuthorization = stackRule({
  name: "apigateway-method-require-authorization",
  description: "Methods of APIs need an API key, an authorizer or IAM.",
  severity: "high",
  topic: "api",
  references: [fsbp("APIGateway.8")],
  remediationSteps:
    "Require an API key or an authorizer, or add the route to this policy's setting allowed.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["GET /health", "HEAD /health", "OPTIONS *"],
      description: "Methods that anybody may call, as method and path; * stands for anything.",
    },
  },
  types: [methodType, routeType, restApiType],
  alone: {
    types: [restApiType, apiV2Type],
    check(api, report, { allowed }) {
      const routes = isPrivate(api) ? [] : openOperations(api);
      for (const route of routes.filter((one) => !matchesAny(one, allowed))) {
        report(`lets anybody call ${route}`);
      }
    },
  },
  check(resource, report, { allowed }, stack) {
    for (const route of openRoutes(resource, stack).filter((one) => !matchesAny(one, allowed))) {
      report(`lets anybody call ${route}`);
    }
  },
});

function openRoutes(resource: CheckedResource, stack: CheckedStack): string[] {
  switch (resource.type) {
    case restApiType:
      return isPrivate(resource) && !isLimitedToEndpoints(resource, stack)
        ? openOperations(resource)
        : [];
    case methodType:
      return openMethod(stack, resource).filter(
        () =>
          !stack
            .referred(resource, "restApi", [restApiType])
            .some((api) => isLimitedToEndpoints(api, stack)),
      );
    default:
      return openRoute(stack, resource);
  }
}

/** The operations of an API's document, and the route that comes with the target of an HTTP API. */
function openOperations(api: CheckedResource): string[] {
  const operations = operationsOf(api.known("body"))
    .filter(({ isProtected, isRefused }) => !isProtected && !isRefused)
    .map(({ method, path }) => `${method} ${path}`);
  return api.declared("target") === undefined
    ? operations
    : [...operations, textOf(api.known("routeKey") ?? "$default")];
}

/** A method that anybody may call, such as `POST /images`. */
function openMethod(stack: CheckedStack, method: CheckedResource): string[] {
  return isOpen(method, "authorization")
    ? [`${textOf(method.known("httpMethod"))} ${pathOf(stack, method, "resourceId")}`]
    : [];
}

/** Of a WebSocket API, only the connection can be authorized. */
function openRoute(stack: CheckedStack, route: CheckedResource): string[] {
  const key = route.known("routeKey");
  return isOpen(route, "authorizationType") &&
    (protocolOf(stack, route) !== "WEBSOCKET" || key === "$connect")
    ? [textOf(key)]
    : [];
}

function isOpen(resource: CheckedResource, property: string): boolean {
  return (
    [undefined, "NONE"].includes(resource.known(property) as string | undefined) &&
    !mayBe(resource.known("apiKeyRequired"), true)
  );
}

function pathOf(stack: CheckedStack, child: CheckedResource, property: string): string {
  const [parent] = stack.referred(child, property, ["aws:apigateway/resource:Resource"]);
  return parent ? `${pathOf(stack, parent, "parentId")}/${textOf(parent.known("pathPart"))}` : "";
}
