import assert from "node:assert/strict";
import { bearer, gatedApi, setGate, statement, verdict } from "../authorizer-lab";
import { inLab, keyed, ok, openApi, proxied, raw } from "../lab";

function withResponses(responses: object): object {
  return openApi(
    { "/things": { get: proxied(), post: keyed() } },
    { "x-amazon-apigateway-gateway-responses": responses },
  );
}

describe("gatewayResponse", () => {
  it("prefers the type's own entry, then the default of its class, then API Gateway's", () =>
    inLab(async (lab) => {
      lab.invoke = () => ok(null);
      const { url } = await lab.deploy(
        withResponses({
          MISSING_AUTHENTICATION_TOKEN: {
            statusCode: 404,
            responseTemplates: { "application/json": '{"code":"NotFound"}' },
          },
          DEFAULT_4XX: { responseTemplates: { "application/json": '{"code":"Refused"}' } },
        }),
      );
      const unknown = await fetch(`${url}/nothing`);
      assert.equal(unknown.status, 404);
      assert.equal(await unknown.text(), '{"code":"NotFound"}');
      const keyless = await fetch(`${url}/things`, { method: "POST" });
      assert.equal(keyless.status, 403);
      assert.equal(await keyless.text(), '{"code":"Refused"}');
      const broken = await fetch(`${url}/things`);
      assert.equal(broken.status, 502);
      assert.equal(await broken.text(), '{"message":"Internal server error"}');
    }));

  it("gives every failure the status of a default that has one", () =>
    inLab(async (lab) => {
      lab.invoke = () => ok(null);
      const { url } = await lab.deploy(withResponses({ DEFAULT_5XX: { statusCode: "500" } }));
      assert.equal((await fetch(`${url}/things`)).status, 500);
    }));

  it("sets headers from static values, context, stage variables and the request", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(
        withResponses({
          DEFAULT_4XX: {
            responseParameters: {
              "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
              "gatewayresponse.header.X-Id": "context.requestId",
              "gatewayresponse.header.X-Var": "stageVariables.color",
              "gatewayresponse.header.X-Query": "method.request.querystring.q",
              "gatewayresponse.header.X-Origin": "method.request.header.origin",
              "gatewayresponse.header.X-None": "context.nothing",
            },
          },
        }),
        { stage: { variables: { color: "blue" } } },
      );
      const { headers } = await raw(url, "/nothing?q=1", { headers: { Origin: "http://o" } });
      assert.equal(headers["access-control-allow-origin"], "*");
      assert.equal(headers["x-id"], headers["x-amzn-requestid"]);
      assert.equal(headers["x-var"], "blue");
      assert.equal(headers["x-query"], "1");
      assert.equal(headers["x-origin"], "http://o");
      assert.equal(headers["x-none"], undefined);
    }));

  it("replaces variables in templates, quoted or not, and runs no VTL", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(
        withResponses({
          DEFAULT_4XX: {
            responseTemplates: {
              "application/json":
                '{"a":$context.error.messageString,"b":"$context.error.message","c":"$context.error.responseType","d":"$context.nothing","e":"$context.path","f":"#set($x)"}',
            },
          },
        }),
      );
      const response = await raw(url, '/no"thing');
      assert.deepEqual(JSON.parse(response.body.toString()), {
        a: "Missing Authentication Token",
        b: "Missing Authentication Token",
        c: "MISSING_AUTHENTICATION_TOKEN",
        d: "",
        e: '/prod/no"thing',
        f: "#set($x)",
      });
    }));

  it("answers in the accepted media type where there is a template for it", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(
        withResponses({
          DEFAULT_4XX: {
            responseTemplates: { "text/plain": "plain", "application/json": '"json"' },
          },
        }),
      );
      const plain = await fetch(`${url}/nothing`, { headers: { Accept: "text/plain" } });
      assert.equal(plain.headers.get("content-type"), "text/plain");
      assert.equal(await plain.text(), "plain");
      assert.equal(await (await fetch(`${url}/nothing`)).text(), '"json"');
    }));

  it("leaves out a header whose value no header can have", () =>
    inLab(async (lab) => {
      const responseParameters = {
        "gatewayresponse.header.X-Line": "context.authorizer.line",
        "gatewayresponse.header.X-Dash": "context.authorizer.dash",
        "gatewayresponse.header.X-Plain": "context.authorizer.plain",
      };
      const { url } = await lab.deploy(
        gatedApi({}, undefined, {
          "x-amazon-apigateway-gateway-responses": { ACCESS_DENIED: { responseParameters } },
        }),
      );
      const context = { line: "a\r\nX-Injected: 1", dash: "a – b", plain: "a b" };
      setGate(lab, verdict([statement("Deny")], { context }));
      const { status, headers } = await raw(url, "/things", { headers: bearer });
      assert.equal(status, 403);
      assert.equal(headers["x-plain"], "a b");
      for (const name of ["x-line", "x-dash", "x-injected"]) {
        assert.equal(headers[name], undefined, name);
      }
      assert.deepEqual(lab.notices, []);
    }));
});
