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
} as const;

/** An operation of the API that runs a function. */
export type Operation = keyof typeof routes;

/** All of them. */
export const operations = Object.keys(routes) as Operation[];

/** One value for each operation. */
export function mapOperations<Value>(
  make: (operation: Operation) => Value,
): Record<Operation, Value> {
  const entries = operations.map((operation) => [operation, make(operation)] as const);
  return Object.fromEntries(entries) as Record<Operation, Value>;
}

/** The route that the gateway answers by itself, without an API key. */
export const healthPath = "/health";
