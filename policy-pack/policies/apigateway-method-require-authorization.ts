import { operationsOf } from "../lib/openapi-operations";
import { matchesAny } from "../lib/pattern";
import { fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { protocolOf } from "../lib/stage-settings";
import type { CheckedStack, StackResource } from "../lib/stack";
import { mayBe, textOf } from "../lib/values";

interface OpenMethod {
  resource: StackResource;
  /** Such as `POST /images`. */
  route: string;
}

/** The document of an API is checked if it is JSON; one in YAML is not read. */
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
      default: ["GET /health", "OPTIONS *"],
      description: "Methods that anybody may call, as method and path; * stands for anything.",
    },
  },
  check(stack, report, { allowed }) {
    const open = [...openOperations(stack), ...openMethods(stack), ...openRoutes(stack)];
    for (const { resource, route } of open.filter((one) => !matchesAny(one.route, allowed))) {
      report(resource, `lets anybody call ${route}`);
    }
  },
});

function openOperations(stack: CheckedStack): OpenMethod[] {
  return stack
    .ofType("aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api")
    .flatMap((resource) =>
      operationsOf(resource.get("body"))
        .filter(({ isProtected, isRefused }) => !isProtected && !isRefused)
        .map(({ method, path }) => ({ resource, route: `${method} ${path}` })),
    );
}

function openMethods(stack: CheckedStack): OpenMethod[] {
  return stack
    .ofType("aws:apigateway/method:Method")
    .filter((method) => isOpen(method, "authorization"))
    .map((resource) => ({
      resource,
      route: `${textOf(resource.get("httpMethod"))} ${pathOf(stack, resource, "resourceId")}`,
    }));
}

/** Of a WebSocket API, only the connection can be authorized. */
function openRoutes(stack: CheckedStack): OpenMethod[] {
  return stack
    .ofType("aws:apigatewayv2/route:Route")
    .filter((route) => isOpen(route, "authorizationType"))
    .map((resource) => ({ resource, route: textOf(resource.get("routeKey")) }))
    .filter(
      ({ resource, route }) => protocolOf(stack, resource) !== "WEBSOCKET" || route === "$connect",
    );
}

function isOpen(resource: StackResource, property: string): boolean {
  return (
    [undefined, "NONE"].includes(resource.get(property) as string | undefined) &&
    !mayBe(resource.get("apiKeyRequired"), true)
  );
}

function pathOf(stack: CheckedStack, child: StackResource, property: string): string {
  const [parent] = stack.referred(child, property, ["aws:apigateway/resource:Resource"]);
  return parent ? `${pathOf(stack, parent, "parentId")}/${textOf(parent.get("pathPart"))}` : "";
}
