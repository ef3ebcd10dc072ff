import { parseJson } from "./json-text";
import { at, entriesOf, isKnown, listOf } from "./values";

/** An operation of an OpenAPI document that API Gateway imports. */
export interface ApiOperation {
  /** In upper case; `ANY` for `x-amazon-apigateway-any-method`. */
  method: string;
  path: string;
  /** Whether it needs a key, an authorizer or IAM. */
  isProtected: boolean;
  /** Whether the gateway answers it by itself, with nothing but errors. */
  isRefused: boolean;
}

const methods = new Map(
  ["get", "put", "post", "delete", "options", "head", "patch"].map((method) => [
    method,
    method.toUpperCase(),
  ]),
).set("x-amazon-apigateway-any-method", "ANY");

/** The operations of a document; none as long as it is not known. YAML is not read. */
export function operationsOf(body: unknown): ApiOperation[] {
  const document = typeof body === "string" ? parseJson(body) : body;
  return entriesOf(at(document, "paths")).flatMap(([path, item]) =>
    entriesOf(item).flatMap(([key, operation]) => {
      const method = methods.get(key);
      return method === undefined
        ? []
        : [
            {
              method,
              path,
              isProtected: isProtected(document, operation),
              isRefused: isRefused(operation),
            },
          ];
    }),
  );
}

/** An operation's own security replaces the document's; an empty requirement makes it optional. */
function isProtected(document: unknown, operation: unknown): boolean {
  const security = at(operation, "security") ?? at(document, "security");
  const requirements = listOf(security);
  const auth =
    at(operation, "x-amazon-apigateway-auth") ?? at(document, "x-amazon-apigateway-auth");
  const authType = at(auth, "type");
  return (
    !isKnown(operation) ||
    (requirements.length > 0 && requirements.every((one) => entriesOf(one).length > 0)) ||
    (typeof authType === "string" && authType.toUpperCase() !== "NONE")
  );
}

function isRefused(operation: unknown): boolean {
  const integration = at(operation, "x-amazon-apigateway-integration");
  const answers = entriesOf(at(integration, "responses"));
  return (
    String(at(integration, "type")).toLowerCase() === "mock" &&
    answers.length > 0 &&
    answers.every(([, answer]) => Number(at(answer, "statusCode")) >= 400)
  );
}
