interface Route {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  /** Whether there is such a route only where users are known. `@default` there always is */
  onlyWithUsers?: true;
}

/** Operations of the API that run a function, each in `handlers/<operation>.ts`, and their routes. */
export const routes = {
  "upload-image": { method: "post", path: "/images" },
  "create-upload": { method: "post", path: "/uploads" },
  "get-upload": { method: "get", path: "/uploads/{id}" },
  "list-images": { method: "get", path: "/images" },
  "get-image": { method: "get", path: "/images/{id}" },
  "get-image-url": { method: "get", path: "/images/{id}/url" },
  "get-image-content": { method: "get", path: "/images/{id}/content" },
  "update-image": { method: "patch", path: "/images/{id}" },
  "delete-image": { method: "delete", path: "/images/{id}" },
  "process-data": { method: "post", path: "/process" },
  "list-results": { method: "get", path: "/results" },
  "put-record": { method: "put", path: "/records/{id}" },
  "get-record": { method: "get", path: "/records/{id}" },
  "delete-record": { method: "delete", path: "/records/{id}" },
  "get-me": { method: "get", path: "/me", onlyWithUsers: true },
} as const satisfies Record<string, Route>;

/** An operation of the API that runs a function. */
export type Operation = keyof typeof routes;

/** A value for each operation that an API has, by its name. */
export type ByOperation<Value> = Readonly<Record<string, Value>>;

/** All operations of an API, whose users are known or not. */
export function operationsOf(hasUsers: boolean): Operation[] {
  return entriesOf(routes)
    .map(([operation]) => operation)
    .filter((operation) => isThere(operation, hasUsers));
}

/** Whether an API has this operation, whose users are known or not. */
export function isThere(operation: Operation, hasUsers: boolean): boolean {
  const { [operation]: route }: ByOperation<Route> = routes;
  return hasUsers || !route?.onlyWithUsers;
}

/** Methods by which clients ask for an operation, in capitals: what answers GET answers HEAD. */
export function methodsOf(operation: Operation): string[] {
  const { method } = routes[operation];
  return method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()];
}

/** One value for each operation. */
export function mapOperations<Value>(
  operations: readonly Operation[],
  make: (operation: Operation) => Value,
): ByOperation<Value> {
  return Object.fromEntries(operations.map((operation) => [operation, make(operation)] as const));
}

/** The operations with their values. */
export function entriesOf<Value>(values: ByOperation<Value>): [Operation, Value][] {
  return Object.entries(values) as [Operation, Value][];
}

/** Tells that the gateway answers. */
export const healthPath = "/health";

/** Tells what the API takes and answers: this document. */
export const documentPath = "/openapi.json";

/** Paths of the routes that the gateway answers by itself, whoever asks. */
export const openPaths: readonly string[] = [healthPath, documentPath];
