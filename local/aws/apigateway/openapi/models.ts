import Ajv, { type ValidateFunction } from "ajv-draft-04";
import type { BodyModel } from "../definition";
import { badRequest } from "../errors";
import { isObject } from "../../../is-object";
import type { ApiDocument, JsonObject } from "./document";
import { validationMessage } from "./validation-message";

/** Where the document's own references point once it is a schema of the validator. */
const documentKey = "document";

/**
 * Keywords that API Gateway drops or leaves out of request validation when it imports a document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const ignoredKeywords = new Set([
  "example",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "maxItems",
  "minItems",
  "nullable",
  "readOnly",
  "discriminator",
]);

/** Those of them that models have none the less. */
const keptKeywords = ["maxItems", "minItems"];

/** Keywords that API Gateway drops from models when it imports a document. */
export const droppedKeywords: ReadonlySet<string> = new Set(
  [...ignoredKeywords].filter((keyword) => !keptKeywords.includes(keyword)),
);

/** Makes body models of the document's schemas, validated as JSON schema draft 4 as in AWS. */
export class ModelCompiler {
  // Stops at the first error where AWS lists all: a hostile 10 MB body could cause millions.
  // Formats are not checked, which is more lenient than AWS.
  readonly #validator = new Ajv({
    strict: false,
    validateFormats: false,
    verbose: true,
    logger: false,
  });

  /** @throws AwsError `BadRequestException` for a model's name that is not alphanumeric. */
  constructor(document: ApiDocument) {
    const components = document.object(document.root.components);
    const schemas = document.object(components.schemas);
    const definitions = document.object(document.root.definitions);
    for (const name of [...Object.keys(schemas), ...Object.keys(definitions)]) {
      if (!/^[A-Za-z0-9]+$/.test(name)) {
        throw badRequest(`Model name must be alphanumeric: ${name}`);
      }
    }
    const root = { components: { schemas }, definitions };
    this.#validator.addSchema(importable(root) as JsonObject, documentKey);
  }

  /** @throws AwsError `BadRequestException` for a schema that is not valid. */
  compile(schema: JsonObject): BodyModel {
    let validate: ValidateFunction;
    try {
      validate = this.#validator.compile(importable(schema) as JsonObject);
    } catch (error) {
      throw badRequest(`Invalid model specified: ${(error as Error).message}`);
    }
    return (body) => {
      validate(body);
      const [error] = validate.errors ?? [];
      return error && `[${validationMessage(error)}]`;
    };
  }
}

/** `schema` without ignored keywords, its references pointing into the document. */
function importable(schema: unknown): unknown {
  return rewritten(schema, ignoredKeywords, (reference) => `${documentKey}${reference}`);
}

/** Keywords whose members are names, which may be those of keywords too. */
const keywordsOfNames = new Set(["definitions", "patternProperties", "properties", "schemas"]);

/** `schema` without the keywords `dropped`, and with other references. */
export function rewritten(
  schema: unknown,
  dropped: ReadonlySet<string>,
  referenceTo: (reference: string) => string,
  hasNames = false,
): unknown {
  if (Array.isArray(schema)) {
    return schema.map((part) => rewritten(part, dropped, referenceTo));
  }
  if (!isObject(schema)) {
    return schema;
  }
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => hasNames || !dropped.has(key))
      .map(([key, value]) => [
        key,
        key === "$ref" && typeof value === "string"
          ? referenceTo(value)
          : rewritten(value, dropped, referenceTo, !hasNames && keywordsOfNames.has(key)),
      ]),
  );
}
