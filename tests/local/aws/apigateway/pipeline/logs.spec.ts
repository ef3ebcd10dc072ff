import assert from "node:assert/strict";
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
});
