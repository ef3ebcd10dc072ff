import type { ApiDefinition, Method, Resource } from "../definition";
import type { Exchange, Route } from "./exchange";
import { GatewayError } from "./gateway-error";

interface Node {
  children: Map<string, Node>;
  /** At most one child is a parameter: `checkPaths` sees to it. */
  parameter?: { name: string; greedy: boolean; node: Node };
  resource?: Resource;
}

const routers = new WeakMap<ApiDefinition, Node>();

/**
 * Finds the method that serves a request. Static segments go before parameters, and those before
 * greedy ones; segments are compared and passed on percent-encoded, so that `%2F` never splits one.
 * A trailing slash does not count. HEAD is a method of its own, never answered by GET's. Path and
 * method are looked for together: a resource that lacks the method leaves the request to the next one.
 *
 * @throws GatewayError `MISSING_AUTHENTICATION_TOKEN` for an unknown path or method.
 */
export function findRoute(exchange: Exchange): Route {
  const { definition } = exchange.stage.deployment;
  const router = routers.get(definition) ?? buildRouter(definition);
  routers.set(definition, router);
  const path = exchange.path.replace(/\/+$/, "");
  const segments = path === "" ? [] : path.slice(1).split("/");
  const parameters: [string, string][] = [];
  const method = match(router, segments, exchange.httpMethod, parameters);
  if (!method) {
    throw new GatewayError("MISSING_AUTHENTICATION_TOKEN");
  }
  return { method, pathParameters: Object.fromEntries(parameters) };
}

const anyMethods = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

function methodOf(resource: Resource | undefined, httpMethod: string): Method | undefined {
  const any = anyMethods.has(httpMethod) ? resource?.methods.get("ANY") : undefined;
  return resource?.methods.get(httpMethod) ?? any;
}

function buildRouter(definition: ApiDefinition): Node {
  const root: Node = { children: new Map() };
  for (const resource of definition.resources.filter(({ methods }) => methods.size > 0)) {
    const segments = resource.path === "/" ? [] : resource.path.slice(1).split("/");
    segments.reduce(descend, root).resource = resource;
  }
  return root;
}

function descend(node: Node, segment: string): Node {
  const parameter = /^\{([^+]+)(\+?)\}$/.exec(segment);
  if (parameter) {
    node.parameter ??= {
      name: parameter[1] ?? "",
      greedy: parameter[2] === "+",
      node: { children: new Map() },
    };
    return node.parameter.node;
  }
  const child = node.children.get(segment) ?? { children: new Map<string, Node>() };
  node.children.set(segment, child);
  return child;
}

function match(
  node: Node,
  segments: readonly string[],
  httpMethod: string,
  parameters: [string, string][],
): Method | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return methodOf(node.resource, httpMethod);
  }
  const child = node.children.get(segment);
  const found = child && match(child, rest, httpMethod, parameters);
  if (found || !node.parameter || segment === "") {
    return found;
  }
  const { name, greedy, node: next } = node.parameter;
  const method = greedy
    ? methodOf(next.resource, httpMethod)
    : match(next, rest, httpMethod, parameters);
  if (method) {
    parameters.unshift([name, greedy ? segments.join("/") : segment]);
  }
  return method;
}
