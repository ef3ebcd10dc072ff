import { z } from "zod";
import type { Structure } from "../api/output";
import type { RestCall } from "../api/rest-api";
import { parseInput } from "../parse-input";
import type { Account } from "../types";
import type { Integration, Method, Resource } from "./definition";
import { notFound } from "./errors";
import { derivedId } from "./identifiers";
import {
  integrationOf,
  integrationResponseOf,
  methodOf,
  methodResponseOf,
  type MethodSource,
} from "./method-view";
import { ApiDocument } from "./openapi/document";
import { methodResponses, statusSyntax } from "./openapi/method-responses";
import { operationOf } from "./openapi/operation";
import type { RestApi } from "./state";
import { apiNamed, list, view, type View, type ViewContext } from "./view";

/** A path of an API, which may have no methods of its own. */
interface Place extends Pick<Resource, "id" | "path"> {
  parentId: string | undefined;
  methods: Resource["methods"];
}

/** Of a resource, as where a document is imported. */
const idLength = 6;

const base = "GET /restapis/{api}/resources";

const methodBase = `${base}/{resource}/methods/{method}`;

const statusInput = z.object({ statusCode: z.string().regex(statusSyntax) });

/** What shows the paths of an API, and what is done at them. */
export const resourceViews: Readonly<Record<string, View>> = {
  [base]: list("GetResources", (context, call) => {
    const api = apiNamed(context, call.path);
    const show = methodsAs(api, call, context.account);
    return placesIn(api).map((place) => resourceOf(place, show));
  }),
  [`${base}/{resource}`]: view("GetResource", (call, context) => {
    const api = apiNamed(context, call.path);
    return resourceOf(placeIn(api, call), methodsAs(api, call, context.account));
  }),
  [methodBase]: view("GetMethod", (call, { account, apis }) => {
    const { method, api } = methodIn(apis, call);
    return methodOf(method, sourceOf(api, account));
  }),
  [`${methodBase}/responses/{status}`]: view("GetMethodResponse", (call, { apis }) => {
    const status = statusIn(call);
    const { method, api } = methodIn(apis, call);
    const document = new ApiDocument(api.definition.source);
    const responses = methodResponses(document, operationOf(document, method).definition);
    const found = responses.find(({ statusCode }) => statusCode === status);
    if (!found) {
      throw notFound("Invalid Response status code specified");
    }
    return methodResponseOf(found);
  }),
  [`${methodBase}/integration`]: view("GetIntegration", (call, { account, apis }) => {
    const { method, integration } = integrationIn(apis, call);
    return integrationOf(integration, method, account);
  }),
  [`${methodBase}/integration/responses/{status}`]: view(
    "GetIntegrationResponse",
    (call, { apis }) => {
      const status = statusIn(call);
      const { responses = [] } = integrationIn(apis, call).integration;
      // The last one, as of those that the whole integration is shown with.
      const found = responses.findLast(({ statusCode }) => String(statusCode) === status);
      if (!found) {
        throw notFound("Invalid Response status code specified");
      }
      return integrationResponseOf(found);
    },
  ),
};

/** @throws AwsError `ValidationException`. */
function statusIn({ path }: RestCall): string {
  return parseInput(statusInput, { statusCode: path.status }).statusCode;
}

/** @throws AwsError `NotFoundException`. */
function integrationIn(
  apis: ViewContext["apis"],
  call: RestCall,
): { method: Method; integration: Integration } {
  const { method } = methodIn(apis, call);
  const { integration } = method;
  if (!integration) {
    throw notFound("Invalid Integration identifier specified");
  }
  return { method, integration };
}

/** @throws AwsError `NotFoundException`, of the resource too where there is no such API. */
function methodIn(apis: ViewContext["apis"], call: RestCall): { method: Method; api: RestApi } {
  const { api: id = "", method: name = "" } = call.path;
  const api = apis.get(id);
  if (!api) {
    throw notFound("Invalid Resource identifier specified");
  }
  const method = placeIn(api, call).methods.get(name);
  if (!method) {
    throw notFound("Invalid Method identifier specified");
  }
  return { method, api };
}

function sourceOf({ id, definition }: RestApi, account: Account): MethodSource {
  return { account, apiId: id, document: new ApiDocument(definition.source) };
}

/** @throws AwsError `NotFoundException`. */
function placeIn(api: RestApi, { path }: RestCall): Place {
  const place = placesIn(api).find(({ id }) => id === path.resource);
  if (!place) {
    throw notFound("Invalid Resource identifier specified");
  }
  return place;
}

/** With the root and all paths in between, which API Gateway has as resources of their own. */
function placesIn(api: RestApi): Place[] {
  const defined = new Map(api.definition.resources.map((each) => [each.path, each]));
  const idOf = (path: string) =>
    path === "/"
      ? api.rootResourceId
      : (defined.get(path)?.id ?? derivedId(`${api.id}${path}`, idLength));
  const paths = new Set(["/", ...[...defined.keys()].flatMap(pathsTo)]);
  return [...paths].map((path) => ({
    id: idOf(path),
    path,
    parentId: path === "/" ? undefined : idOf(parentOf(path)),
    methods: defined.get(path)?.methods ?? new Map(),
  }));
}

function resourceOf({ methods, ...place }: Place, show: (method: Method) => Structure): Structure {
  const shown = [...methods].map(([name, method]) => [name, show(method)] as const);
  return {
    ...place,
    pathPart: place.parentId && place.path.slice(place.path.lastIndexOf("/") + 1),
    resourceMethods: shown.length > 0 ? new Map<string, Structure>(shown) : undefined,
  };
}

/** How resources show their methods: by their names alone, unless the query has them embedded. */
function methodsAs(
  api: RestApi,
  { query }: RestCall,
  account: Account,
): (method: Method) => Structure {
  if (!query.getAll("embed").includes("methods")) {
    return () => ({});
  }
  const source = sourceOf(api, account);
  return (method) => methodOf(method, source);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** A path after those above it, without the root. */
function pathsTo(path: string): string[] {
  return path === "/" ? [] : [...pathsTo(parentOf(path)), path];
}
