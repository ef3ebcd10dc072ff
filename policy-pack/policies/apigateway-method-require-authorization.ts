import { operationsOf } from "../lib/openapi-operations";
import { matchesAny } from "../lib/pattern";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { protocolOf } from "../lib/stage-settings";
import type { CheckedStack } from "../lib/stack";
import { mayBe, textOf } from "../lib/values";

const methodType = "aws:apigateway/method:Method";
const routeType = "aws:apigatewayv2/route:Route";

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
      default: ["GET /health", "HEAD /health", "OPTIONS *"],
      description: "Methods that anybody may call, as method and path; * stands for anything.",
    },
  },
  types: [methodType, routeType],
  alone: {
    types: ["aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api"],
    check(api, report, { allowed }) {
      for (const { method, path, isProtected, isRefused } of operationsOf(api.known("body"))) {
        const route = `${method} ${path}`;
        if (!isProtected && !isRefused && !matchesAny(route, allowed)) {
          report(`lets anybody call ${route}`);
        }
      }
    },
  },
  check(resource, report, { allowed }, stack) {
    const route =
      resource.type === methodType ? openMethod(stack, resource) : openRoute(stack, resource);
    if (route !== undefined && !matchesAny(route, allowed)) {
      report(`lets anybody call ${route}`);
    }
  },
});

/** A method that anybody may call, such as `POST /images`. */
function openMethod(stack: CheckedStack, method: CheckedResource): string | undefined {
  return isOpen(method, "authorization")
    ? `${textOf(method.known("httpMethod"))} ${pathOf(stack, method, "resourceId")}`
    : undefined;
}

/** Of a WebSocket API, only the connection can be authorized. */
function openRoute(stack: CheckedStack, route: CheckedResource): string | undefined {
  const key = route.known("routeKey");
  return isOpen(route, "authorizationType") &&
    (protocolOf(stack, route) !== "WEBSOCKET" || key === "$connect")
    ? textOf(key)
    : undefined;
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
