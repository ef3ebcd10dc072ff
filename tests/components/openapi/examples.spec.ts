import assert from "node:assert/strict";
import Ajv, { type ValidateFunction } from "ajv";
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../../../components/openapi/document";
import { errorExamples } from "../../../components/openapi/error-examples";
import { exampleOf } from "../../../components/openapi/schema-examples";
import { defaultPageSize } from "../../../handlers/http/schemas";

type Json = Readonly<Record<string, unknown>>;

const document = JSON.parse(
  JSON.stringify(openApiDocument({ allowApiKeys: true })),
) as OpenAPIV3.Document;

const formats = {
  binary: true,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  double: true,
  int32: true,
  int64: true,
  uri: (text: string) => URL.canParse(text),
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const;

const ajv = new Ajv({ strict: false, allErrors: true, formats, unicodeRegExp: false });
ajv.addSchema(document, "document");

function validator(schema: unknown): ValidateFunction {
  const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
  return ajv.compile(JSON.parse(text) as Json);
}

interface Found {
  where: string;
  node: Json;
}

/** All objects below `node` that `isWanted`, with where they are. */
function find(node: unknown, isWanted: (node: Json) => boolean, where = ""): Found[] {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  const here = isWanted(node as Json) ? [{ where, node: node as Json }] : [];
  // What examples hold is no part of the document.
  const parts = Object.entries(node).filter(([name]) => name !== "example" && name !== "default");
  return [...here, ...parts.flatMap(([name, part]) => find(part, isWanted, `${where}/${name}`))];
}

const parameters = find(document.paths, ({ in: place, name }) => Boolean(place && name));
const media = find(
  document.paths,
  ({ schema, in: place, description }) => schema !== undefined && !place && !description,
);
const headers = find(document.paths, ({ schema, in: place, description }) =>
  Boolean(schema && !place && description),
);
const schemas = find(document, ({ type }) => typeof type === "string").filter(
  ({ where }) => !where.startsWith("/components/securitySchemes"),
);

function isBinary({ format }: Json): boolean {
  return format === "binary";
}

describe("the API's document", () => {
  it("has examples of every parameter, header and body but bytes, which their schemas take", () => {
    assert.ok(parameters.length > 50 && media.length > 100 && headers.length > 100);
    for (const { where, node } of [...parameters, ...media, ...headers]) {
      if (isBinary(node.schema as Json)) {
        continue;
      }
      assert.ok("example" in node, where);
      const isValid = validator(node.schema);
      assert.ok(isValid(node.example), `${where}: ${ajv.errorsText(isValid.errors)}`);
    }
  });

  it("has examples in its schemas which these take", () => {
    const examples = schemas.filter(({ node }) => node.example !== undefined);
    assert.ok(examples.length > 50);
    for (const { where, node } of examples) {
      const isValid = validator(node);
      assert.ok(isValid(node.example), `${where}: ${ajv.errorsText(isValid.errors)}`);
    }
  });

  it("has an example of every schema, and of every error that there may be", () => {
    for (const name of Object.keys(document.components?.schemas ?? {})) {
      const isValid = validator({ $ref: `#/components/schemas/${name}` });
      assert.ok(isValid(exampleOf(name)), `${name}: ${ajv.errorsText(isValid.errors)}`);
    }
    const isError = validator({ $ref: "#/components/schemas/ApiError" });
    for (const [status, example] of Object.entries(errorExamples)) {
      assert.ok(isError(example), status);
    }
    assert.equal(exampleOf("Picture"), undefined);
  });

  it("says of every operation, parameter, header, body, answer and member what it is", () => {
    const operations = find(document.paths, ({ operationId }) => operationId !== undefined);
    assert.ok(operations.every(({ node }) => node.summary !== undefined && node.description));
    const described = [
      ...parameters,
      ...headers,
      ...find(document.paths, ({ content }) => content !== undefined),
      ...Object.entries(document.components?.schemas ?? {}).map(([where, node]) => ({
        where,
        node: node as unknown as Json,
      })),
      ...schemas.flatMap(({ where, node }) =>
        Object.entries((node.properties ?? {}) as Record<string, Json>)
          .filter(([, member]) => !("$ref" in member))
          .map(([name, member]) => ({ where: `${where}/${name}`, node: member })),
      ),
    ];
    for (const { where, node } of described) {
      assert.ok(typeof node.description === "string" && node.description !== "", where);
    }
    const texts = operations.map(({ node }) => node.description);
    assert.equal(new Set(texts).size, texts.length);
  });

  it("has limits of every text, number, list and map", () => {
    for (const { where, node } of schemas) {
      const { type, maxLength, pattern, format } = node;
      if (isBinary(node)) {
        continue;
      }
      if (type === "string" && node.enum === undefined) {
        assert.ok(Number(maxLength) >= 1, `${where} has a maxLength`);
        assert.ok(pattern ?? format, `${where} has a pattern or a format`);
      }
      if (type === "integer" || type === "number") {
        assert.ok(typeof node.minimum === "number", `${where} has a minimum`);
        // Any more are as 100, and no number is too large for that.
        const isPageSize = node.minimum === 1 && node.default === defaultPageSize;
        assert.equal(typeof node.maximum === "number", !isPageSize, `${where} has a maximum`);
        assert.match(String(format), type === "integer" ? /^int(32|64)$/ : /^double$/, where);
      }
      if (type === "array") {
        assert.ok(Number(node.maxItems) >= 1, `${where} has maxItems`);
      }
      if (
        type === "object" &&
        node.properties === undefined &&
        node.additionalProperties !== true
      ) {
        assert.ok(Number(node.maxProperties) >= 1, `${where} has maxProperties`);
      }
    }
  });
});
