import assert from "node:assert/strict";
import { allowed, asked, bearer, gatedApi, question, setGate } from "../../authorizer-lab";
import { inLab, raw } from "../../lab";

describe("authorizerEvent", () => {
  it("is what API Gateway sends to a REQUEST authorizer", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { api, url } = await lab.deploy(gatedApi(), {
        id: "abcdefghij",
        stage: { variables: { color: "blue" } },
      });
      await raw(url, "/things/7?a=1&b=x%2By&a=2", {
        method: "DELETE",
        headers: {
          Authorization: ["Bearer 1", "Bearer 2"],
          "User-Agent": "tester",
          "Content-Length": "4",
        },
        body: "BODY",
      });
      const event = question(lab);
      const proxied = lab.event().requestContext as Record<string, unknown>;
      const trace = String((event.headers as Record<string, string>)["X-Amzn-Trace-Id"]);
      assert.match(trace, /^Root=1-/);
      const { host, port } = new URL(url);
      assert.deepEqual(event, {
        type: "REQUEST",
        methodArn: `${api.executionArn}/prod/DELETE/things/7`,
        resource: "/things/{id}",
        path: "/things/7",
        httpMethod: "DELETE",
        headers: {
          Authorization: "Bearer 2",
          "User-Agent": "tester",
          Host: host,
          "Content-Length": "4",
          "X-Amzn-Trace-Id": trace,
          "X-Forwarded-For": "127.0.0.1",
          "X-Forwarded-Port": port,
          "X-Forwarded-Proto": "http",
        },
        multiValueHeaders: {
          Authorization: ["Bearer 1", "Bearer 2"],
          "User-Agent": ["tester"],
          Host: [host],
          "Content-Length": ["4"],
          "X-Amzn-Trace-Id": [trace],
          "X-Forwarded-For": ["127.0.0.1"],
          "X-Forwarded-Port": [port],
          "X-Forwarded-Proto": ["http"],
        },
        queryStringParameters: { a: "2", b: "x+y" },
        multiValueQueryStringParameters: { a: ["1", "2"], b: ["x+y"] },
        pathParameters: { id: "7" },
        stageVariables: { color: "blue" },
        requestContext: {
          resourceId: proxied.resourceId,
          resourcePath: "/things/{id}",
          httpMethod: "DELETE",
          extendedRequestId: proxied.extendedRequestId,
          requestTime: "21/Nov/2025:12:00:00 +0000",
          path: "/prod/things/7",
          accountId: "123456789012",
          protocol: "HTTP/1.1",
          stage: "prod",
          domainPrefix: "127",
          requestTimeEpoch: 1763726400000,
          requestId: proxied.requestId,
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
      });
    }));

  it("has empty maps where a proxy integration gets null", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi());
      await raw(url, "/things", { headers: bearer });
      const maps = [
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
      ];
      for (const name of maps) {
        assert.deepEqual(question(lab)[name], {}, name);
        assert.equal(lab.event()[name], null, name);
      }
    }));

  it("is the token alone for a TOKEN authorizer", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { api, url } = await lab.deploy(
        gatedApi({ type: "token", identityValidationExpression: "Bearer [a-z]+" }),
      );
      await raw(url, "/things", { headers: { authorization: "Bearer abc" } });
      assert.deepEqual(question(lab), {
        type: "TOKEN",
        methodArn: `${api.executionArn}/prod/GET/things`,
        authorizationToken: "Bearer abc",
      });
      for (const Authorization of [
        "Bearer ABC",
        "x Bearer abc",
        ["Bearer abc", "Bearer ABC"],
        "",
      ]) {
        assert.equal((await raw(url, "/things", { headers: { Authorization } })).status, 401);
      }
      assert.equal(asked(lab).length, 1);
    }));
});
