import { OpenApiDocument } from "./openapi-document";
import { type ApiKind, type Protection, protectionOf } from "./openapi-security";
import { at, entriesOf } from "./values";

/** An operation of an OpenAPI document that API Gateway imports. */
export interface ApiOperation extends Protection {
  /** In upper case; `ANY` for `x-amazon-apigateway-any-method`. */
  method: string;
  path: string;
  /** As the document has it, or {@link unknownValue}. */
  content: unknown;
  /** Whether the gateway answers it by itself, with nothing but errors. */
  isRefused: boolean;
}

const methods = new Map(
  ["get", "put", "post", "delete", "options", "head", "patch"].map((method) => [
    method,
    method.toUpperCase(),
  ]),
).set("x-amazon-apigateway-any-method", "ANY");

/** The operations of a document; none as long as it is not known. */
export function operationsOf(document: OpenApiDocument, kind: ApiKind): ApiOperation[] {
  const paths = document.at(document.root, "paths");
  return entriesOf(paths).flatMap(([path]) => {
    const item = document.at(paths, path);
    return entriesOf(item).flatMap(([key]) => {
      const method = methods.get(key);
      const content = document.at(item, key);
      return method === undefined
        ? []
        : [
            {
              method,
              path,
              content,
              isRefused: isRefused(document, content),
              ...protectionOf(document, content, kind),
            },
          ];
    });
  });
}

function isRefused(document: OpenApiDocument, operation: unknown): boolean {
  const integration = document.at(operation, "x-amazon-apigateway-integration");
  const answers = entriesOf(at(integration, "responses"));
  return (
    String(at(integration, "type")).toLowerCase() === "mock" &&
    answers.length > 0 &&
    answers.every(([, answer]) => Number(at(answer, "statusCode")) >= 400)
  );
}
