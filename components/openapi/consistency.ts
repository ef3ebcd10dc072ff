import type { OpenAPIV3 } from "openapi-types";
import { type Operation, routes } from "./routes";

type Paths = Readonly<Record<string, OpenAPIV3.PathItemObject>>;

/**
 * Makes sure that a document will have no holes, also where TypeScript runs without a look at types.
 *
 * @param operations those that there are to be.
 * @param objects by operation.
 * @throws Error that names each route without an operation, and each operation without a route of its own.
 */
export function requireRoutes(
  operations: readonly Operation[],
  objects: Readonly<Record<string, object>>,
): void {
  const known: readonly string[] = operations;
  const written = operations.map((name) => `${routes[name].method} ${routes[name].path}`);
  requireNone([
    ...operations
      .filter((name) => objects[name] === undefined)
      .map((name) => `the route ${name} has no operation`),
    ...Object.keys(objects)
      .filter((name) => !known.includes(name))
      .map((name) => `the operation ${name} has no route`),
    ...repeated(written).map((route) => `several operations have the route ${route}`),
  ]);
}

/**
 * Makes sure of what a validator of OpenAPI does not look at.
 *
 * @throws Error that names each id of several operations, and each parameter that its path does not have.
 */
export function requireConsistent(paths: Paths): void {
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.values(item as Record<string, OpenAPIV3.OperationObject>).map((operation) => ({
      path,
      operation,
    })),
  );
  const ids = described.map(({ operation }) => operation.operationId ?? "");
  requireNone([
    ...repeated(ids).map((id) => `several operations have the id '${id}'`),
    ...described.flatMap(({ path, operation }) => parameterProblems(path, operation)),
  ]);
}

function parameterProblems(path: string, operation: OpenAPIV3.OperationObject): string[] {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
  const taken = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const subject = `${operation.operationId ?? ""} of ${path}`;
  return [
    ...taken
      .filter((name) => !inPath.includes(name))
      .map((name) => `${subject} takes ${name} from the path, which does not have it`),
    ...inPath
      .filter((name) => !taken.includes(name ?? ""))
      .map((name) => `${subject} does not take ${name ?? ""}, which the path has`),
  ];
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) < index))];
}

function requireNone(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new Error(`The API's document cannot be made: ${problems.join("; ")}.`);
  }
}
