import type { Structure } from "../api/output";
import type { RestCall } from "../api/rest-api";
import type { Account } from "../types";
import type { Resource } from "./definition";
import { notFound } from "./errors";
import { derivedId } from "./identifiers";
import type { Method } from "./definition";
import { integrationOf, methodOf } from "./method-view";
import type { RestApi } from "./state";
import { apiNamed, list, view, type View } from "./view";

/** A path of an API, which may have no methods of its own. */
interface Place extends Pick<Resource, "id" | "path"> {
  parentId: string | undefined;
  methods: Resource["methods"];
}

/** Of a resource, as where a document is imported. */
const idLength = 6;

const base = "GET /restapis/{api}/resources";

/** What shows the paths of an API, and what is done at them. */
export const resourceViews: Readonly<Record<string, View>> = {
  [base]: list("GetResources", ({ account, apis }, call) =>
    placesIn(apiNamed(apis, call.path)).map((place) => resourceOf(place, call, account)),
  ),
  [`${base}/{resource}`]: view("GetResource", (call, { account, apis }) =>
    resourceOf(placeIn(apiNamed(apis, call.path), call), call, account),
  ),
  [`${base}/{resource}/methods/{method}`]: view("GetMethod", (call, { account, apis }) =>
    methodOf(methodIn(apiNamed(apis, call.path), call), account),
  ),
  [`${base}/{resource}/methods/{method}/integration`]: view(
    "GetIntegration",
    (call, { account, apis }) => {
      const method = methodIn(apiNamed(apis, call.path), call);
      if (!method.integration) {
        throw notFound("Invalid Integration identifier specified");
      }
      return integrationOf(method.integration, method, account);
    },
  ),
};

/** @throws AwsError `NotFoundException`. */
function methodIn(api: RestApi, call: RestCall): Method {
  const method = placeIn(api, call).methods.get(call.path.method ?? "");
  if (!method) {
    throw notFound("Invalid Method identifier specified");
  }
  return method;
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

/** The methods are shown by their names alone, unless the query has them embedded. */
function resourceOf(
  { methods, ...place }: Place,
  { query }: RestCall,
  account: Account,
): Structure {
  const whole = query.getAll("embed").includes("methods");
  const shown = [...methods].map(
    ([name, method]) => [name, whole ? methodOf(method, account) : {}] as const,
  );
  return {
    ...place,
    pathPart: place.parentId && place.path.slice(place.path.lastIndexOf("/") + 1),
    resourceMethods: shown.length > 0 ? new Map<string, Structure>(shown) : undefined,
  };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** A path after those above it, without the root. */
function pathsTo(path: string): string[] {
  return path === "/" ? [] : [...pathsTo(parentOf(path)), path];
}
