import { authorizerFlaw } from "../lib/authorizer-reference";
import { documentOf } from "../lib/openapi-document";
import { operationsOf } from "../lib/openapi-operations";
import { matchesAny } from "../lib/pattern";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { type ReportProblem, stackRule } from "../lib/rule";
import { isLimitedToEndpoints, isPrivate } from "../lib/private-apis";
import { protocolOf } from "../lib/stage-settings";
import type { CheckedStack } from "../lib/stack";
import { apiV2Type, methodType, restApiType, routeType } from "../lib/types";
import { mayBe, textOf } from "../lib/values";

/** What anybody may call. */
interface OpenRoute {
  /** Such as `GET /images`. */
  route: string;
  /** What is wrong with the security that it has; absent where it has none. */
  flaw?: string;
}

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
      default: [
        "GET /health",
        "GET /openapi.json",
        "HEAD /health",
        "HEAD /openapi.json",
        "OPTIONS *",
      ],
      description: "Methods that anybody may call, as method and path; * stands for anything.",
    },
  },
  types: [methodType, routeType, restApiType],
  alone: {
    types: [restApiType, apiV2Type],
    check(api, report, { allowed }) {
      reportOpen(isPrivate(api) ? [] : openOperations(api), allowed, report);
    },
  },
  check(resource, report, { allowed }, stack) {
    reportOpen(openRoutes(resource, stack), allowed, report);
  },
});

function reportOpen(
  routes: readonly OpenRoute[],
  allowed: readonly string[],
  report: ReportProblem,
): void {
  for (const { route, flaw } of routes.filter((one) => !matchesAny(one.route, allowed))) {
    report(`lets anybody call ${route}${flaw === undefined ? "" : `: ${flaw}`}`);
  }
}

function openRoutes(resource: CheckedResource, stack: CheckedStack): OpenRoute[] {
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
function openOperations(api: CheckedResource): OpenRoute[] {
  const operations = operationsOf(documentOf(api), { takesApiKeys: api.type === restApiType })
    .filter(({ isProtected, isRefused }) => !isRefused && !api.mayHold(isProtected, "body"))
    .map(({ method, path, flaw }) => ({ route: `${method} ${path}`, flaw }));
  return api.declared("target") === undefined
    ? operations
    : [...operations, { route: textOf(api.known("routeKey") ?? "$default") }];
}

/** A method that anybody may call, such as `POST /images`. */
function openMethod(stack: CheckedStack, method: CheckedResource): OpenRoute[] {
  const route = () =>
    `${textOf(method.known("httpMethod"))} ${pathOf(stack, method, "resourceId")}`;
  return openAs(stack, method, "authorization", route);
}

/** Of a WebSocket API, only the connection can be authorized. */
function openRoute(stack: CheckedStack, route: CheckedResource): OpenRoute[] {
  const key = route.known("routeKey");
  return protocolOf(stack, route) !== "WEBSOCKET" || key === "$connect"
    ? openAs(stack, route, "authorizationType", () => textOf(key))
    : [];
}

/** The route, if it has no authorization or one that comes to nothing. */
function openAs(
  stack: CheckedStack,
  resource: CheckedResource,
  property: string,
  route: () => string,
): OpenRoute[] {
  const isOpen = [undefined, "NONE"].includes(resource.known(property) as string | undefined);
  const flaw = isOpen ? undefined : authorizerFlaw(stack, resource, property);
  return (isOpen || flaw !== undefined) && !mayBe(resource.known("apiKeyRequired"), true)
    ? [{ route: route(), flaw }]
    : [];
}

function pathOf(stack: CheckedStack, child: CheckedResource, property: string): string {
  const [parent] = stack.referred(child, property, ["aws:apigateway/resource:Resource"]);
  return parent ? `${pathOf(stack, parent, "parentId")}/${textOf(parent.known("pathPart"))}` : "";
}
