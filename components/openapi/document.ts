import type { OpenAPIV3 } from "openapi-types";
import { version } from "../../package.json";
import { requireConsistent, requireRoutes } from "./consistency";
import { headOf } from "./operations";
import { openOperations } from "./operations/open";
import { type ByOperation, entriesOf, type Operation, operationsOf, routes } from "./routes";
import { schemas } from "./schemas";
import { servers } from "./servers";
import { tagsOf } from "./tags";
import { scanSchemas } from "./upload-schemas";
import { userSchemas } from "./user-schemas";
import { objectsFor, ofUsers, securityOf, securitySchemes, type UserAccess } from "./users";

/** What a stack's config changes of the API besides users. */
export interface DocumentOptions {
  /** Whether what is uploaded is scanned for malware before an image is made of it. `@default` false */
  scansUploads?: boolean | undefined;
}

/**
 * The API's OpenAPI 3.0 document, as published in `openapi.json`, or in `openapi.users.json` where users
 * are known. The gateway's own document is made of it by `gatewayDocument`.
 *
 * @param users how they are let in. `@default` users are not known
 * @param options what else is different. `@default` nothing
 * @throws Error that names what does not fit together.
 */
export function openApiDocument(
  users?: UserAccess,
  { scansUploads = false }: DocumentOptions = {},
): OpenAPIV3.Document {
  const operations = operationsOf(users !== undefined);
  const paths = joinPaths(operations, openOperations, objectsFor(users, scansUploads));
  requireConsistent(paths);
  return {
    openapi: "3.0.3",
    info: {
      title: "Darkroom",
      version,
      description:
        "Stores images and processes data. Every error has one shape, and every answer may be " +
        "read by pages of the stack's allowedOrigins, by default any. " +
        "OPTIONS is answered on every path, an unknown one included. " +
        "DELETE, GET, HEAD, PATCH, POST or PUT on a path that does not have it is answered with " +
        "405; an unknown path, and any other method, such as TRACE, with 404. Names in bodies, " +
        "forms and queries may be written with underscores, too: user_id for userId." +
        (users ? ` ${ofUsers}` : ""),
      contact: { name: "Operators of the stack" },
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers,
    tags: tagsOf(paths),
    // Whoever reads a document without the security of an operation takes this for it.
    security: securityOf(users),
    paths,
    components: {
      schemas: { ...schemas, ...(users && userSchemas), ...(scansUploads && scanSchemas) },
      securitySchemes: securitySchemes(users),
    },
  };
}

/**
 * Operations by path and method; what answers GET answers HEAD.
 *
 * @param operations those that there are to be.
 * @param open by path, what the gateway answers to GET by itself.
 * @throws Error that names each route without an operation, and each operation without a route of its own.
 */
export function joinPaths(
  operations: readonly Operation[],
  open: Readonly<Record<string, OpenAPIV3.OperationObject>>,
  objects: ByOperation<OpenAPIV3.OperationObject>,
): Record<string, OpenAPIV3.PathItemObject> {
  requireRoutes(operations, objects);
  const paths: Record<string, OpenAPIV3.PathItemObject> = Object.fromEntries(
    Object.entries(open).map(([path, get]) => [path, withHead(get)]),
  );
  for (const [operation, object] of entriesOf(objects)) {
    const { method, path } = routes[operation];
    paths[path] = {
      ...paths[path],
      ...(method === "get" ? withHead(object) : { [method]: object }),
    };
  }
  return paths;
}

function withHead(get: OpenAPIV3.OperationObject): OpenAPIV3.PathItemObject {
  return { get, head: headOf(get) };
}
