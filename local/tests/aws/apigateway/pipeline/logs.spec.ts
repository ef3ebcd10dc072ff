import assert from "node:assert/strict";
import {
  allowed,
  bearer,
  gateArn,
  gatedApi,
  setGate,
  statement,
  thrown,
  verdict,
} from "../authorizer-lab";
import { inLab, keyed, keyValue, type Lab, ok, openApi, proxied, raw } from "../lab";

const document = openApi({ "/things/{id}": { get: proxied(), post: keyed() } });
const accessLog = "/aws/apigateway/lab";

/** A stage with an access log of `format`. */
function logging(format: string) {
  const destinationArn = `arn:aws:logs:us-east-1:123456789012:log-group:${accessLog}:*`;
  return { stage: { accessLogSettings: { destinationArn, format } } };
}

function linesOf(lab: Lab, group: string): string[] {
  const lines: string[] = [];
  lab.logs.set(group, lines);
  return lines;
}

describe("writeAccessLog", () => {
  it("writes a line per request by the stage's format", () =>
    inLab(async (lab) => {
      const lines = linesOf(lab, accessLog);
      const format =
        '{"id":"$context.requestId","at":"$context.requestTime","ip":"$context.identity.sourceIp","agent":"$context.identity.userAgent","method":"$context.httpMethod","resource":"$context.resourcePath","status":$context.status,"length":$context.responseLength,"integration":"$context.integrationStatus","error":$context.error.messageString,"type":"$context.error.responseType","none":"$context.nothing"}\n';
      const { url } = await lab.deploy(document, logging(format));
      const agent = 'evil","status":"200\\';
      const response = await raw(url, "/things/1", { headers: { "User-Agent": agent } });
      const [line = ""] = lines;
      assert.deepEqual(JSON.parse(line.replace('"error":-', '"error":null')), {
        id: response.headers["x-amzn-requestid"],
        at: "21/Nov/2025:12:00:00 +0000",
        ip: "127.0.0.1",
        agent,
        method: "GET",
        resource: "/things/{id}",
        status: 200,
        length: 4,
        integration: "200",
        error: null,
        type: "-",
        none: "-",
      });
      await raw(url, "/nothing");
      assert.match(lines[1] ?? "", /"resource":"-","status":403,/);
      assert.match(lines[1] ?? "", /"error":"Missing Authentication Token"/);
      assert.match(lines[1] ?? "", /"type":"MISSING_AUTHENTICATION_TOKEN"/);
    }));

  it("makes no request fail when the log group is gone", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, logging("$context.requestId"));
      assert.equal((await fetch(`${url}/things/1`)).status, 200);
      assert.deepEqual(lab.notices, []);
    }));

  it("has latencies of the whole and of the integration", () =>
    inLab(async (lab) => {
      const lines = linesOf(lab, accessLog);
      const format = "$context.requestId $context.responseLatency $context.integration.latency";
      const { url } = await lab.deploy(document, logging(format));
      await raw(url, "/things/1");
      assert.match(lines[0] ?? "", /^[0-9a-f-]{36} \d+ \d+$/);
    }));
});

describe("writeAccessLog of methods with an authorizer", () => {
  const format = [
    "$context.requestId",
    "$context.authorizer.principalId",
    "$context.authorizer.kind",
    "$context.authorizer.status",
    "$context.authorizer.error",
    "$context.authorizer.integrationStatus",
    "$context.authorize.status",
    "$context.authorize.error",
    "$context.error.messageString",
  ].join("|");

  /** The line of a request to an API whose gate does as it is told, without the request's id. */
  async function lineOf(lab: Lab, gate: Parameters<typeof setGate>[1], headers: object) {
    const lines = linesOf(lab, accessLog);
    setGate(lab, gate);
    const { url } = await lab.deploy(gatedApi(), logging(format));
    await fetch(`${url}/things`, { headers: { ...headers } });
    return lines[0]?.replace(/^[^|]*/, "");
  }

  it("tells what the authorizer said and what came of it", () =>
    inLab(async (lab) => {
      const context = { kind: "user" };
      const allowing = verdict([statement("Allow")], { context });
      assert.equal(await lineOf(lab, allowing, bearer), "|ada|user|200|-|200|200|-|-");
    }));

  it("tells what an authorizer said that denies access", () =>
    inLab(async (lab) => {
      const denying = verdict([statement("Deny")], { context: { kind: "user" } });
      const error = "The client is not authorized to perform this operation.";
      const message =
        '"User is not authorized to access this resource with an explicit deny in an identity-based policy"';
      assert.equal(
        await lineOf(lab, denying, bearer),
        `|ada|user|200|-|200|403|${error}|${message}`,
      );
    }));

  it("tells of identities that are missing, and of authorizers that fail", () =>
    inLab(async (lab) => {
      const unauthorized = '|-|-|401|Unauthorized|-|-|-|"Unauthorized"';
      assert.equal(await lineOf(lab, allowed, {}), unauthorized);
      const failed = "|-|-|500|AUTHORIZER_CONFIGURATION_ERROR|200|-|-|null";
      assert.equal(await lineOf(lab, () => thrown("Ouch"), bearer), failed);
    }));

  it("has the latencies of the authorizer", () =>
    inLab(async (lab) => {
      const lines = linesOf(lab, accessLog);
      const latencies =
        "$context.requestId $context.authorizer.latency $context.authorizer.integrationLatency";
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi(), logging(latencies));
      await fetch(`${url}/things`, { headers: bearer });
      await fetch(`${url}/things`, { headers: bearer });
      assert.match(lines[0] ?? "", /^[0-9a-f-]{36} \d+ \d+$/);
      assert.match(lines[1] ?? "", / \d+ 0$/);
    }));
});

describe("writeExecutionLog", () => {
  it("tells the course of each request at INFO, without its body and its key", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document, { methods: { loggingLevel: "INFO" } });
      const lines = linesOf(lab, `API-Gateway-Execution-Logs_${api.id}/prod`);
      lab.meter(api);
      const headers = { "x-api-key": keyValue };
      const body = "BODY-OF-THE-CLIENT";
      const response = await fetch(`${url}/things/1?q=QUERY`, { method: "POST", headers, body });
      const id = response.headers.get("x-amzn-requestid") ?? "";
      assert.ok(lines.every((line) => line.startsWith(`(${id}) `)));
      const text = lines.join("\n");
      assert.match(text, /HTTP Method: POST, Resource Path: \/things\/\{id\}/);
      assert.match(text, /API Key: \*+456789 API Stage: /);
      assert.match(text, /Endpoint request URI: .*:function:worker/);
      assert.match(text, /Method completed with status: 200/);
      assert.ok(!text.includes(keyValue) && !text.includes(body) && !text.includes("QUERY"));
    }));

  it("tells of failed requests only at ERROR, without what the function said", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document, { methods: { loggingLevel: "ERROR" } });
      const lines = linesOf(lab, `API-Gateway-Execution-Logs_${api.id}/prod`);
      await raw(url, "/things/1");
      assert.deepEqual(lines, []);
      lab.invoke = () => ok({ secret: "DETAIL" });
      await raw(url, "/things/1");
      assert.match(lines.join("\n"), /Malformed Lambda proxy response/);
      assert.ok(!lines.join("\n").includes("DETAIL"));
    }));

  it("is silent when the level is OFF", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      const lines = linesOf(lab, `API-Gateway-Execution-Logs_${api.id}/prod`);
      await raw(url, "/things/1");
      assert.deepEqual(lines, []);
    }));

  it("tells the course of an authorizer in API Gateway's words, without the token", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(gatedApi(), { methods: { loggingLevel: "INFO" } });
      const lines = linesOf(lab, `API-Gateway-Execution-Logs_${api.id}/prod`);
      const id = api.definition.resources[0]?.methods.get("GET")?.authorizer?.id;
      const context = { secret: "CONTEXT" };
      setGate(lab, verdict([statement("Allow")], { principalId: "principal", context }));
      const response = await fetch(`${url}/things`, { headers: bearer });
      const requestId = response.headers.get("x-amzn-requestid") ?? "";
      const told = lines.map((line) => line.replace(`(${requestId}) `, ""));
      assert.deepEqual(told.slice(1), [
        `Starting authorizer: ${id} for request: ${requestId}`,
        `Incoming identity: ${"*".repeat(bearer.Authorization.length)}`,
        `Endpoint request URI: ${gateArn}`,
        "Using valid authorizer policy for principal: ***ncipal",
        "Successfully completed authorizer execution",
        `Starting execution for request: ${requestId}`,
        "HTTP Method: GET, Resource Path: /things",
        "Endpoint request URI: arn:aws:lambda:us-east-1:123456789012:function:worker",
        "Method completed with status: 200",
      ]);
    }));

  it("tells why an authorizer did not let a request through", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 0 }), {
        methods: { loggingLevel: "ERROR" },
      });
      const causes = [
        [{}, allowed, /Unauthorized request: [0-9a-f-]{36}$/],
        [bearer, () => thrown("Unauthorized"), /Unauthorized request: [0-9a-f-]{36}$/],
        [bearer, verdict([statement("Deny")]), /The client is not authorized to perform this/],
        [bearer, () => thrown("SECRET"), /due to configuration error: Authorizer error$/],
        [bearer, { principalId: "a" }, /error: Invalid JSON in response: policyDocument: /],
      ] as const;
      for (const [headers, gate, cause] of causes) {
        const lines = linesOf(lab, `API-Gateway-Execution-Logs_${api.id}/prod`);
        setGate(lab, gate);
        await fetch(`${url}/things`, { headers });
        assert.match(lines.at(-2) ?? "", cause);
        const text = lines.join("\n");
        assert.ok(!text.includes("TOKEN-OF-ADA") && !text.includes("SECRET"));
        assert.ok(!text.includes("Starting execution"));
      }
    }));
});
