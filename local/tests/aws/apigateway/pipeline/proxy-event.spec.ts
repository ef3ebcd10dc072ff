import assert from "node:assert/strict";
import { inLab, openApi, proxied, raw } from "../lab";

const document = openApi(
  { "/things/{id}": { get: proxied(), post: proxied() } },
  { "x-amazon-apigateway-binary-media-types": ["image/*", "multipart/form-data"] },
);

describe("proxyEvent", () => {
  it("is what API Gateway sends", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document, { id: "abcdefghij" });
      await raw(url, "/things/7?a=1&b=x%2By&a=2&c=d+e", {
        headers: {
          "tEsT-hEADer": "Value",
          "X-Many": ["one", "two"],
          "User-Agent": "tester",
          "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
        },
      });
      const event = lab.event();
      const { host } = new URL(url);
      const context = event.requestContext as Record<string, unknown>;
      assert.deepEqual(event, {
        resource: "/things/{id}",
        path: "/things/7",
        httpMethod: "GET",
        headers: {
          "tEsT-hEADer": "Value",
          "X-Many": "two",
          "User-Agent": "tester",
          Host: host,
          "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
          "X-Forwarded-For": "127.0.0.1",
          "X-Forwarded-Port": new URL(url).port,
          "X-Forwarded-Proto": "http",
        },
        multiValueHeaders: {
          "tEsT-hEADer": ["Value"],
          "X-Many": ["one", "two"],
          "User-Agent": ["tester"],
          Host: [host],
          "X-Amzn-Trace-Id": ["Root=1-67891233-abcdef012345678912345678"],
          "X-Forwarded-For": ["127.0.0.1"],
          "X-Forwarded-Port": [new URL(url).port],
          "X-Forwarded-Proto": ["http"],
        },
        queryStringParameters: { a: "2", b: "x+y", c: "d e" },
        multiValueQueryStringParameters: { a: ["1", "2"], b: ["x+y"], c: ["d e"] },
        pathParameters: { id: "7" },
        stageVariables: null,
        requestContext: {
          resourceId: context.resourceId,
          resourcePath: "/things/{id}",
          httpMethod: "GET",
          extendedRequestId: context.extendedRequestId,
          requestTime: "21/Nov/2025:12:00:00 +0000",
          path: "/prod/things/7",
          accountId: "123456789012",
          protocol: "HTTP/1.1",
          stage: "prod",
          domainPrefix: "127",
          requestTimeEpoch: 1763726400000,
          requestId: context.requestId,
          identity: {
            cognitoIdentityPoolId: null,
            accountId: null,
            cognitoIdentityId: null,
            caller: null,
            sourceIp: "127.0.0.1",
            principalOrgId: null,
            accessKey: null,
            cognitoAuthenticationType: null,
            cognitoAuthenticationProvider: null,
            userArn: null,
            userAgent: "tester",
            user: null,
          },
          domainName: host,
          deploymentId: [...api.deployments.keys()][0],
          apiId: "abcdefghij",
        },
        body: null,
        isBase64Encoded: false,
      });
      assert.match(String(context.resourceId), /^[a-z0-9]{6}$/);
      assert.match(String(context.requestId), /^[0-9a-f-]{36}$/);
    }));

  it("has every line of a header, the last as its one value, and one list of who forwarded", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      await raw(url, "/things/7", {
        headers: {
          "If-None-Match": ['"a"', '"b", "c"'],
          "X-Forwarded-For": ["192.0.2.1", "192.0.2.2, 192.0.2.3"],
        },
      });
      const { headers, multiValueHeaders } = lab.event() as Record<string, Record<string, unknown>>;
      assert.equal(headers?.["If-None-Match"], '"b", "c"');
      assert.deepEqual(multiValueHeaders?.["If-None-Match"], ['"a"', '"b", "c"']);
      const forwarded = "192.0.2.1, 192.0.2.2, 192.0.2.3, 127.0.0.1";
      assert.equal(headers["X-Forwarded-For"], forwarded);
      assert.deepEqual(multiValueHeaders["X-Forwarded-For"], [forwarded]);
    }));

  it("has no query parameters when there are none, and keeps hostile names", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      await raw(url, "/things/7");
      assert.equal(lab.event().queryStringParameters, null);
      assert.equal(lab.event().multiValueQueryStringParameters, null);
      await raw(url, "/things/7?__proto__=x&%ZZ=1");
      assert.match(lab.invocations.at(-1)?.payload ?? "", /"__proto__":"x","%ZZ":"1"/);
    }));

  it("carries text as it is and binary media types as base64", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const bytes = Buffer.from([0xff, 0xd8, 0x00, 0x41]);
      const post = async (type: string, body: string | Buffer) => {
        await raw(url, "/things/7", { method: "POST", headers: { "Content-Type": type }, body });
        const { body: received, isBase64Encoded } = lab.event();
        return [received, isBase64Encoded];
      };
      assert.deepEqual(await post("application/json", '{"a":"ü"}'), ['{"a":"ü"}', false]);
      assert.deepEqual(await post("image/jpeg", bytes), [bytes.toString("base64"), true]);
      assert.deepEqual(await post("IMAGE/PNG; x=y", bytes), [bytes.toString("base64"), true]);
      assert.deepEqual(await post("imagex/png", "a"), ["a", false]);
      assert.deepEqual(await post("multipart/form-data; boundary=b", "a"), ["YQ==", true]);
      assert.deepEqual(await post("image/png", ""), [null, false]);
    }));

  it("takes everything for binary under */*", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, { binaryMediaTypes: ["*/*"] });
      await raw(url, "/things/7", { method: "POST", body: "{}" });
      assert.equal(lab.event().isBase64Encoded, true);
    }));

  it("tells of the trace that the stage samples", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, { stage: { xrayTracingEnabled: true } });
      const response = await raw(url, "/things/7");
      const trace = (lab.event().headers as Record<string, string>)["X-Amzn-Trace-Id"] ?? "";
      assert.match(trace, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
      assert.equal(response.headers["x-amzn-trace-id"], trace);
    }));

  it("spells headers as the client does", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      await raw(url, "/things/7", { headers: { aUThorization: "Bearer 1", aCCept: "*/*" } });
      const headers = lab.event().headers as Record<string, string>;
      assert.equal(headers.aUThorization, "Bearer 1");
      assert.equal(headers.aCCept, "*/*");
    }));

  it("counts slashes before the stage and behind it as one", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const { origin } = new URL(url);
      for (const [path, told] of [
        ["//prod/things/7", "/prod/things/7"],
        ["/prod//things/7", "/prod//things/7"],
      ] as const) {
        const { status } = await raw(origin, path.slice(1));
        assert.equal(status, 200, path);
        const { path: called, requestContext } = lab.event();
        assert.equal(called, "/things/7");
        assert.equal((requestContext as Record<string, unknown>).path, told);
      }
    }));

  it("has every line of a header but those of signatures, which are for AWS", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const linesOf = async (Authorization: string[]) => {
        await raw(url, "/things/7", { headers: { Authorization } });
        return (lab.event().multiValueHeaders as Record<string, unknown>).Authorization;
      };
      assert.deepEqual(await linesOf(["Bearer 1", "Bearer 2"]), ["Bearer 1", "Bearer 2"]);
      assert.equal(await linesOf(["AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=0"]), undefined);
    }));
});
