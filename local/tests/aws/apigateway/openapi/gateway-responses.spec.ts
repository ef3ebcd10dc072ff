import assert from "node:assert/strict";
import { importApi } from "../../../../aws/apigateway/openapi/import-api";
import { openApi } from "../lab";

const read = (responses: object) =>
  importApi(
    JSON.stringify(openApi({}, { "x-amazon-apigateway-gateway-responses": responses })),
    "abcdefghij",
  ).gatewayResponses;

/** Reads a gateway response with one parameter. */
const withParameter = (name: string, expression: string) =>
  read({ ACCESS_DENIED: { responseParameters: { [name]: expression } } });

describe("readGatewayResponses", () => {
  it("reads status, headers and templates", () => {
    const responses = read({
      ACCESS_DENIED: {
        statusCode: "401",
        responseParameters: { "gatewayresponse.header.WWW-Authenticate": "'Bearer'" },
        responseTemplates: { "application/json": "{}" },
      },
      DEFAULT_5XX: {},
    });
    assert.deepEqual(responses.get("ACCESS_DENIED"), {
      statusCode: 401,
      headers: new Map([["WWW-Authenticate", "'Bearer'"]]),
      templates: new Map([["application/json", "{}"]]),
    });
    assert.deepEqual(responses.get("DEFAULT_5XX"), { headers: new Map(), templates: new Map() });
  });

  for (const expression of [
    "'*'",
    "''",
    "method.request.header.Origin",
    "method.request.querystring.q",
    "method.request.path.id",
    "stageVariables.origin",
    "context.requestId",
    "context.authorizer.reason",
  ]) {
    it(`takes a header from ${expression}`, () => {
      const { headers } = withParameter("gatewayresponse.header.X", expression).get(
        "ACCESS_DENIED",
      ) ?? { headers: undefined };
      assert.deepEqual(headers, new Map([["X", expression]]));
    });
  }

  for (const expression of [
    "*",
    "https://a.example.com",
    "'open",
    "method.request.body",
    "context.",
  ]) {
    it(`refuses the source ${expression}`, () => {
      assert.throws(() => withParameter("gatewayresponse.header.X", expression), {
        code: "BadRequestException",
        message: /'ACCESS_DENIED'.*\[Invalid mapping expression specified: /,
      });
    });
  }

  for (const name of ["X", "gatewayresponse.header.", "method.response.header.X"]) {
    it(`refuses the parameter ${name}`, () => {
      assert.throws(() => withParameter(name, "'1'"), {
        code: "BadRequestException",
        message: /Invalid mapping expression parameter specified/,
      });
    });
  }

  it("refuses unknown types and a status that is none", () => {
    for (const responses of [{ TEAPOT: {} }, { ACCESS_DENIED: { statusCode: 99 } }]) {
      assert.throws(() => read(responses), { code: "BadRequestException" });
    }
  });
});
