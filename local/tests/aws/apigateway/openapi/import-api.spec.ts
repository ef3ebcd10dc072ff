import assert from "node:assert/strict";
import type { Method } from "../../../../aws/apigateway/definition";
import { importApi } from "../../../../aws/apigateway/openapi/import-api";
import { keyed, mocked, openApi, proxied } from "../lab";

const read = (document: object) => importApi(JSON.stringify(document), "abcdefghij");

function methodOf(document: object, path: string, httpMethod: string): Method {
  const resource = read(document).resources.find((candidate) => candidate.path === path);
  const method = resource?.methods.get(httpMethod);
  assert.ok(method);
  return method;
}

describe("importApi", () => {
  it("reads settings, resources and methods", () => {
    const definition = read(
      openApi(
        { "/things/{id}": { get: keyed(), "x-amazon-apigateway-any-method": mocked("") } },
        {
          "x-amazon-apigateway-binary-media-types": ["image/png"],
          "x-amazon-apigateway-minimum-compression-size": 5,
        },
      ),
    );
    assert.deepEqual(definition.binaryMediaTypes, ["image/png"]);
    assert.equal(definition.minimumCompressionSize, 5);
    const [resource] = definition.resources;
    assert.equal(resource?.path, "/things/{id}");
    assert.deepEqual([...resource.methods.keys()], ["GET", "ANY"]);
    assert.equal(resource.methods.get("GET")?.apiKeyRequired, true);
    assert.equal(resource.methods.get("ANY")?.apiKeyRequired, false);
    assert.equal(read(openApi({ "/things/{id}": {} })).resources[0]?.id, resource.id);
  });

  it("applies the document's security unless the operation has its own", () => {
    const document = openApi(
      { "/a": { get: proxied(), post: proxied({ security: [] }) } },
      { security: [{ key: [] }] },
    );
    assert.equal(methodOf(document, "/a", "GET").apiKeyRequired, true);
    assert.equal(methodOf(document, "/a", "POST").apiKeyRequired, false);
  });

  it("reads whose word an API key is, and refuses who is unknown", () => {
    const key = "x-amazon-apigateway-api-key-source";
    assert.equal(read(openApi({})).apiKeySource, "HEADER");
    assert.equal(read(openApi({}, { [key]: "HEADER" })).apiKeySource, "HEADER");
    assert.equal(read(openApi({}, { [key]: "AUTHORIZER" })).apiKeySource, "AUTHORIZER");
    assert.throws(() => read(openApi({}, { [key]: "QUERY" })), {
      code: "BadRequestException",
      message: /api-key-source/,
    });
  });

  it("follows references to parameters, bodies and recursive schemas", () => {
    const document = openApi(
      {
        "/a/{id}": {
          parameters: [{ $ref: "#/components/parameters/id" }],
          post: proxied({ requestBody: { $ref: "#/components/requestBodies/node" } }),
        },
      },
      {
        components: {
          parameters: { id: { name: "id", in: "path", required: true } },
          requestBodies: {
            node: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/Node" } } },
            },
          },
          schemas: {
            Node: {
              type: "object",
              properties: {
                children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
              },
            },
          },
        },
      },
    );
    const method = methodOf(document, "/a/{id}", "POST");
    assert.deepEqual(method.requiredParameters, [{ location: "path", name: "id" }]);
    const model = method.models.get("application/json");
    assert.equal(model?.({ children: [{ children: [] }] }), undefined);
    assert.match(model?.({ children: [{ children: [5] }] }) ?? "", /instance type \(integer\)/);
  });

  it("reads Swagger 2.0", () => {
    const document = {
      swagger: "2.0",
      info: { title: "t", version: "1" },
      securityDefinitions: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
      definitions: { Thing: { type: "object", required: ["a"] } },
      paths: {
        "/a": {
          post: proxied({
            security: [{ api_key: [] }],
            consumes: ["application/json"],
            parameters: [{ in: "body", name: "b", schema: { $ref: "#/definitions/Thing" } }],
          }),
        },
      },
    };
    const method = methodOf(document, "/a", "POST");
    assert.equal(method.apiKeyRequired, true);
    assert.match(method.models.get("application/json")?.({}) ?? "", /\(\["a"\]\)/);
  });

  it("leaves out of models what API Gateway leaves out, but not properties of those names", () => {
    const schema = {
      type: "object",
      required: ["minItems"],
      properties: {
        minItems: { type: "array", minItems: 3 },
        n: { type: "string", nullable: true },
      },
    };
    const document = openApi({
      "/a": { post: proxied({ requestBody: { content: { "application/json": { schema } } } }) },
    });
    const model = methodOf(document, "/a", "POST").models.get("application/json");
    assert.equal(model?.({ minItems: [] }), undefined);
    assert.match(model?.({}) ?? "", /\["minItems"\]/);
    assert.match(model?.({ minItems: [], n: null }) ?? "", /instance type \(null\)/);
  });

  const integration = (more: object) => openApi({ "/a": { get: proxied({}, more) } });
  const mock = (responses: object, operation: object = {}) =>
    openApi({ "/a": { options: { ...mocked("", { responses }), ...operation } } });
  const header = { "method.response.header.X-Other": "'*'" };
  for (const [what, document, message] of [
    ["another version", { openapi: "3.1.0", paths: {} }, /neither OpenAPI 3.0 nor Swagger 2.0/],
    ["a path without a slash", openApi({ a: {} }), /must begin with/],
    ["a parameter in the middle of a segment", openApi({ "/a{b}": {} }), /Resource's path part/],
    ["a greedy parameter that is not last", openApi({ "/{a+}/b": {} }), /greedy path variable/],
    ["sibling parameters", openApi({ "/{a}": {}, "/{b}/c": {} }), /sibling \(\{a\}\)/],
    ["a reference to nowhere", openApi({ "/a": { $ref: "#/nope" } }), /Invalid reference/],
    ["a reference to a file", openApi({ "/a": { $ref: "a.json" } }), /Invalid reference/],
    ["a circular reference", openApi({ "/a": { $ref: "#/paths/~1a" } }), /Invalid reference/],
    [
      "a model name that is not alphanumeric",
      openApi({}, { components: { schemas: { "My-Model": {} } } }),
      /must be alphanumeric: My-Model/,
    ],
    [
      "an unknown validator",
      openApi({ "/a": { get: proxied({ "x-amazon-apigateway-request-validator": "x" }) } }),
      /Invalid request validator "x" specified on 'GET' for resource at path '\/a'/,
    ],
    ["a proxy without method", integration({ httpMethod: "" }), /HttpMethod must be non-empty/],
    [
      "a proxy of another service",
      integration({ uri: "arn:aws:apigateway:us-east-1:s3:path/b" }),
      /only supports Lambda function/,
    ],
    ["a timeout over 29 s", integration({ timeoutInMillis: 30_000 }), /timeoutInMillis/],
    [
      "a mapped header that is not declared",
      mock({ default: { statusCode: "200", responseParameters: header } }),
      /Invalid mapping expression parameter specified: method\.response\.header\.X-Other/,
    ],
    [
      "a mapped status that is not declared",
      mock({ default: { statusCode: "204" } }),
      /No method response exists for method/,
    ],
    [
      "a pattern that is no regular expression",
      mock({ "(": { statusCode: "200" } }),
      /Unable to put integration response/,
    ],
    [
      "a mapping template that is larger than 300 KB",
      openApi({ "/a": { get: mocked("é".repeat(150 * 1024 + 1)) } }),
      /Mapping templates have at most 307200 bytes/,
    ],
    [
      "an unknown gateway response",
      openApi({}, { "x-amazon-apigateway-gateway-responses": { NOPE: {} } }),
      /Invalid gateway response 'NOPE'/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(document), { code: "BadRequestException", message });
    });
  }

  it("takes a mapping template of 300 KB", () => {
    assert.ok(read(openApi({ "/a": { get: mocked("é".repeat(150 * 1024)) } })));
  });

  it("refuses what is no JSON", () => {
    assert.throws(() => importApi("openapi: 3.0.3", "id"), { code: "BadRequestException" });
    assert.throws(() => importApi("[]", "id"), { code: "BadRequestException" });
  });

  const authorizer = {
    components: {
      securitySchemes: {
        key: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "custom",
        },
      },
    },
  };
  for (const [what, document, message] of [
    [
      "other integrations",
      integration({ type: "http_proxy" }),
      /'http_proxy' of 'GET' for resource at path '\/a'/,
    ],
    [
      "integrations with credentials",
      integration({ credentials: "arn:aws:iam::1:role/r" }),
      /credentials/,
    ],
    [
      "authorization without an authorizer",
      openApi({ "/a": { get: keyed() } }, authorizer),
      /x-amazon-apigateway-authtype "custom"/,
    ],
    [
      "IAM authorization",
      openApi({ "/a": { get: proxied({ "x-amazon-apigateway-auth": { type: "AWS_IAM" } }) } }),
      /apigateway-auth/,
    ],
    ["resource policies", openApi({}, { "x-amazon-apigateway-policy": {} }), /resource policies/],
  ] as const) {
    it(`does not emulate ${what}, and says so`, () => {
      assert.throws(() => read(document), { code: "NotImplemented", statusCode: 501, message });
    });
  }
});
