import assert from "node:assert/strict";
import { inLab, openApi, proxied, raw } from "../lab";

const schema = { $ref: "#/components/schemas/Thing" };
const document = openApi(
  {
    "/things": {
      post: proxied({ requestBody: { content: { "application/json": { schema } } } }),
      get: proxied({
        parameters: [
          { name: "q", in: "query", required: true, schema: { type: "string" } },
          { name: "X-Token", in: "header", required: true, schema: { type: "string" } },
          { name: "optional", in: "query", schema: { type: "string" } },
        ],
      }),
      put: proxied({
        requestBody: { content: { "application/json": { schema } } },
        "x-amazon-apigateway-request-validator": "none",
      }),
    },
  },
  {
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
      none: { validateRequestBody: false, validateRequestParameters: false },
    },
    "x-amazon-apigateway-request-validator": "all",
    "x-amazon-apigateway-gateway-responses": {
      BAD_REQUEST_BODY: {
        responseTemplates: {
          "application/json":
            '{"message":$context.error.messageString,"details":"$context.error.validationErrorString"}',
        },
      },
    },
    components: {
      schemas: {
        Thing: {
          type: "object",
          required: ["user_id", "name"],
          additionalProperties: false,
          properties: {
            user_id: { type: "string", minLength: 2, maxLength: 4 },
            name: { $ref: "#/components/schemas/Name" },
            size: { type: "integer", minimum: 1, maximum: 9, nullable: true },
            kind: { enum: ["a", "b"] },
          },
        },
        Name: { type: "string", pattern: "^[a-z]+$", example: "abc" },
      },
    },
  },
);

describe("validateRequest", () => {
  const thing = { user_id: "ab", name: "x" };
  for (const [body, details] of [
    [{}, '[object has missing required properties (["name","user_id"])]'],
    [{ name: "x" }, '[object has missing required properties (["user_id"])]'],
    [[], '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
    [
      null,
      '[instance type (null) does not match any allowed primitive type (allowed: ["object"])]',
    ],
    [
      5,
      '[instance type (integer) does not match any allowed primitive type (allowed: ["object"])]',
    ],
    [
      { ...thing, x: 1 },
      '[object instance has properties which are not allowed by the schema: ["x"]]',
    ],
    [{ ...thing, user_id: "a" }, '[string "a" is too short (length: 1, required minimum: 2)]'],
    [
      { ...thing, user_id: "abcde" },
      '[string "abcde" is too long (length: 5, maximum allowed: 4)]',
    ],
    [{ ...thing, name: "X" }, '[ECMA 262 regex "^[a-z]+$" does not match input string "X"]'],
    [
      { ...thing, size: 0 },
      "[numeric instance is lower than the required minimum (minimum: 1, found: 0)]",
    ],
    [
      { ...thing, size: 10 },
      "[numeric instance is greater than the required maximum (maximum: 9, found: 10)]",
    ],
    [
      { ...thing, size: 1.5 },
      '[instance type (number) does not match any allowed primitive type (allowed: ["integer"])]',
    ],
    [
      { ...thing, size: null },
      '[instance type (null) does not match any allowed primitive type (allowed: ["integer"])]',
    ],
    [
      { ...thing, kind: "c" },
      '[instance value ("c") not found in enum (possible values: ["a","b"])]',
    ],
  ] as const) {
    it(`refuses the body ${JSON.stringify(body)} and says why`, () =>
      inLab(async (lab) => {
        const { url } = await lab.deploy(document);
        const response = await fetch(`${url}/things`, {
          method: "POST",
          headers: { "Content-Type": "application/json; charset=utf-8" },
          body: JSON.stringify(body),
        });
        assert.equal(response.status, 400);
        assert.deepEqual(await response.json(), { message: "Invalid request body", details });
        assert.equal(response.headers.get("x-amzn-errortype"), "BadRequestException");
        assert.equal(lab.invocations.length, 0);
      }));
  }

  it("takes a body of no declared type for JSON, an empty one for {}", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const post = (body?: string) =>
        raw(url, "/things", { method: "POST", ...(body !== undefined && { body }) });
      assert.equal((await post(JSON.stringify(thing))).status, 200);
      assert.equal((await post("{")).status, 400);
      assert.equal((await post()).status, 400);
    }));

  it("does not validate media types without a model, nor where the validator says not to", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const headers = { "Content-Type": "text/plain" };
      const post = await fetch(`${url}/things`, { method: "POST", headers, body: "{" });
      assert.equal(post.status, 200);
      assert.equal((await fetch(`${url}/things`, { method: "PUT", body: "5" })).status, 200);
    }));

  it("names required parameters that are missing or blank", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const missing = await raw(url, "/things?q=");
      assert.equal(missing.status, 400);
      assert.equal(
        missing.body.toString(),
        '{"message":"Missing required request parameters: [X-Token, q]"}',
      );
      const complete = await raw(url, "/things?q=1", { headers: { "X-Token": "t" } });
      assert.equal(complete.status, 200);
    }));
});
