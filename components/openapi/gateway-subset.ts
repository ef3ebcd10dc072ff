/**
 * What API Gateway makes of a schema: models of JSON Schema draft 4, less what it does not know or does
 * not hold requests to.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const modelKeywords = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "description",
  "enum",
  "items",
  "maximum",
  "maxLength",
  "minimum",
  "minLength",
  "pattern",
  "properties",
  "required",
  "title",
  "type",
]);

/** Keywords whose value is a schema, or schemas by name. */
const nested = { schema: ["additionalProperties", "items"], named: ["properties"] };

/** `schema` as far as API Gateway takes it. */
export function modelOf(schema: unknown): unknown {
  if (!isObject(schema)) {
    return schema;
  }
  // What may be null is of no type that draft 4 has in one word.
  const { nullable, ...known } = schema;
  const kept = Object.entries(known)
    .filter(([keyword]) => modelKeywords.has(keyword) && !(nullable === true && keyword === "type"))
    .map(([keyword, value]) => [keyword, valueOf(keyword, value)] as const);
  return Object.fromEntries(kept);
}

function valueOf(keyword: string, value: unknown): unknown {
  if (nested.schema.includes(keyword)) {
    return modelOf(value);
  }
  if (nested.named.includes(keyword) && isObject(value)) {
    return mapValues(value, modelOf);
  }
  return keyword === "allOf" && Array.isArray(value) ? value.map(modelOf) : value;
}

/** Anything of a document without examples, and with schemas as API Gateway takes them. */
export function importable(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(importable);
  }
  if (!isObject(node)) {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== "example" && name !== "examples")
      .map(([name, value]) => [name, name === "schema" ? modelOf(value) : importable(value)]),
  );
}

/** `values`, each as `make` makes it. */
export function mapValues(
  values: Readonly<Record<string, unknown>>,
  make: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
