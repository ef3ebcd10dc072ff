import type { OpenAPIV3 } from "openapi-types";
import { version } from "../../package.json";
import { requireConsistent, requireRoutes } from "./consistency";
import { apiKeyScheme, headOf, healthOperation, operationObjects } from "./operations";
import { healthPath, type Operation, operations, routes } from "./routes";
import { schemas } from "./schemas";

/**
 * The API's OpenAPI 3.0 document, as published in `openapi.json`. The gateway's own document is made
 * of it by `gatewayDocument`.
 *
 * @throws Error that names what does not fit together.
 */
export function openApiDocument(): OpenAPIV3.Document {
  const paths = joinPaths(healthOperation, operationObjects);
  requireConsistent(paths);
  return {
    openapi: "3.0.3",
    info: {
      title: "Darkroom",
      version,
      description:
        "Stores images and processes data. Every error has one shape, and every answer may be " +
        "read by pages of any origin. OPTIONS is answered on every path, an unknown one included. " +
        "DELETE, GET, HEAD, PATCH, POST or PUT on a path that does not have it is answered with " +
        "405; an unknown path, and any other method, such as TRACE, with 404. Names in bodies, " +
        "forms and queries may be written with underscores, too: user_id for userId.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [
      {
        url: "{apiUrl}",
        variables: {
          apiUrl: {
            default: "http://127.0.0.1:4000/v1",
            description: "The stack's output apiUrl; by default that of a local run",
          },
        },
      },
    ],
    tags: [
      { name: "Images", description: "Images and their metadata" },
      { name: "Uploads", description: "Images that go straight to S3" },
      { name: "Processing", description: "Data and their results" },
      { name: "Health", description: "Whether the API answers" },
    ],
    paths,
    components: {
      schemas,
      securitySchemes: {
        [apiKeyScheme]: {
          type: "apiKey",
          name: "x-api-key",
          in: "header",
          description: "Meters requests; it does not tell who the user is.",
        },
      },
    },
  };
}

/**
 * Operations by path and method; what answers GET answers HEAD.
 *
 * @throws Error that names each route without an operation, and each operation without a route of its own.
 */
export function joinPaths(
  health: OpenAPIV3.OperationObject,
  objects: Readonly<Record<Operation, OpenAPIV3.OperationObject>>,
): Record<string, OpenAPIV3.PathItemObject> {
  requireRoutes(objects);
  const paths: Record<string, OpenAPIV3.PathItemObject> = { [healthPath]: withHead(health) };
  for (const operation of operations) {
    const { method, path } = routes[operation];
    const object = objects[operation];
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
