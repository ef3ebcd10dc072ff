import type { ErrorObject } from "ajv-draft-04";

/**
 * Words a validation error as API Gateway's validator does.
 * https://github.com/java-json-tools/json-schema-validator
 */
export function validationMessage(error: ErrorObject): string {
  const wording = wordings[error.keyword];
  return wording ? wording(error) : `instance does not match keyword "${error.keyword}"`;
}

type Wording = (error: ErrorObject) => string;

const wordings: Readonly<Record<string, Wording>> = {
  required: (error) => `object has missing required properties (${list(missingProperties(error))})`,
  additionalProperties: ({ params }) =>
    `object instance has properties which are not allowed by the schema: ${list([params.additionalProperty])}`,
  type: ({ data, schema }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${list([schema].flat())})`,
  enum: ({ data, schema }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`,
  minLength: ({ data, schema }) =>
    `string ${JSON.stringify(data)} is too short (length: ${lengthOf(data)}, required minimum: ${String(schema)})`,
  maxLength: ({ data, schema }) =>
    `string ${JSON.stringify(data)} is too long (length: ${lengthOf(data)}, maximum allowed: ${String(schema)})`,
  pattern: ({ data, schema }) =>
    `ECMA 262 regex ${JSON.stringify(schema)} does not match input string ${JSON.stringify(data)}`,
  minimum: ({ data, schema }) =>
    `numeric instance is lower than the required minimum (minimum: ${String(schema)}, found: ${String(data)})`,
  maximum: ({ data, schema }) =>
    `numeric instance is greater than the required maximum (maximum: ${String(schema)}, found: ${String(data)})`,
  maxProperties: ({ data, schema }) =>
    `object has too many properties (found ${Object.keys(data as object).length} but schema requires at most ${String(schema)})`,
  minProperties: ({ data, schema }) =>
    `object has too few properties (found ${Object.keys(data as object).length} but schema requires at least ${String(schema)})`,
};

function missingProperties({ parentSchema, data }: ErrorObject): string[] {
  const required = (parentSchema?.required ?? []) as string[];
  return required.filter((name) => !Object.hasOwn(data as object, name)).sort();
}

function list(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

function lengthOf(data: unknown): number {
  return Array.from(String(data)).length;
}

function typeOf(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  return Number.isInteger(value) ? "integer" : typeof value;
}
