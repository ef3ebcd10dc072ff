import assert from "node:assert/strict";
import fc from "fast-check";
import {
  allowed,
  asked,
  bearer,
  gated,
  gatedApi,
  setGate,
  statement,
  thrown,
  verdict,
} from "../../authorizer-lab";
import { inLab, keyValue, ok, proxied, raw } from "../../lab";

const explicitDeny =
  "User is not authorized to access this resource with an explicit deny in an identity-based policy";

describe("authorize", () => {
  it("lets the function decide, and tells the integration what it said", () =>
    inLab(async (lab) => {
      const context = { kind: "user", number: 1.5, flag: true, empty: "", principalId: "forged" };
      setGate(lab, verdict([statement("Allow")], { context }));
      const { url } = await lab.deploy(gatedApi());
      const response = await fetch(`${url}/things`, { headers: bearer });
      assert.equal(response.status, 200);
      const { authorizer } = lab.event().requestContext as { authorizer: Record<string, unknown> };
      const { integrationLatency, ...rest } = authorizer;
      assert.ok(Number.isInteger(integrationLatency));
      assert.deepEqual(rest, {
        kind: "user",
        number: "1.5",
        flag: "true",
        empty: "",
        principalId: "ada",
      });
    }));

  it("asks nobody about methods without an authorizer, nor about paths that there are none of", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi({}, { "/open": { get: proxied() } }));
      assert.equal((await fetch(`${url}/open`)).status, 200);
      const context = lab.event().requestContext as Record<string, unknown>;
      assert.ok(!("authorizer" in context));
      const unknown = await fetch(`${url}/nothing`, { headers: bearer });
      assert.equal(unknown.headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
      assert.equal(asked(lab).length, 0);
    }));

  it("answers 401 by itself when an identity source is missing or empty", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const identitySource =
        "method.request.header.A, method.request.querystring.q, stageVariables.v";
      const { url, api } = await lab.deploy(gatedApi({ identitySource }), {
        stage: { variables: { v: "1" } },
      });
      const [deploymentId = ""] = api.deployments.keys();
      lab.gateway.createStage({ restApiId: api.id, deploymentId, stageName: "bare" });
      const statusOf = async (path: string, headers: Record<string, string>, base = url) => {
        const response = await raw(base, path, { headers });
        if (response.status === 401) {
          assert.equal(response.body.toString(), '{"message":"Unauthorized"}');
          assert.equal(response.headers["x-amzn-errortype"], "UnauthorizedException");
          assert.equal(response.headers["www-authenticate"], undefined);
        }
        return response.status;
      };
      assert.equal(await statusOf("/things?q=1", {}), 401);
      assert.equal(await statusOf("/things?q=1", { A: "" }), 401);
      assert.equal(await statusOf("/things?q=1", { A: "  " }), 401);
      assert.equal(await statusOf("/things", { A: "1" }), 401);
      assert.equal(await statusOf("/things?q=", { A: "1" }), 401);
      assert.equal(await statusOf("/things?q=1", { A: "1" }, url.replace(/prod$/, "bare")), 401);
      assert.equal(asked(lab).length, 0);
      assert.equal(await statusOf("/things?q=1", { a: "1" }), 200);
      assert.equal(asked(lab).length, 1);
    }));

  it("asks about a request without any identity where no source is named", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(
        gatedApi({ identitySource: "", authorizerResultTtlInSeconds: 0 }),
      );
      assert.equal((await fetch(`${url}/things`)).status, 200);
      assert.equal((await fetch(`${url}/things`)).status, 200);
      assert.equal(asked(lab).length, 2);
    }));

  it("keeps a result for its TTL, for all methods of the stage", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 10 }));
      await fetch(`${url}/things`, { headers: bearer });
      await fetch(`${url}/things/1`, { headers: bearer, method: "DELETE" });
      const { authorizer } = lab.event().requestContext as { authorizer: Record<string, unknown> };
      assert.deepEqual(authorizer, { principalId: "ada", integrationLatency: 0 });
      assert.equal(asked(lab).length, 1);
      lab.now = new Date(lab.now.getTime() + 9999);
      await fetch(`${url}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 1);
      lab.now = new Date(lab.now.getTime() + 1);
      await fetch(`${url}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 2);
    }));

  it("judges each method by the policy that it kept, denials as well", () =>
    inLab(async (lab) => {
      const { url, api } = await lab.deploy(gatedApi());
      setGate(lab, verdict([statement("Allow", `${api.executionArn}/prod/GET/things`)]));
      const statusOf = async (path: string) =>
        (await fetch(`${url}${path}`, { headers: bearer })).status;
      assert.equal(await statusOf("/things/1"), 403);
      assert.equal(await statusOf("/things"), 200);
      assert.equal(await statusOf("/things/1"), 403);
      assert.equal(asked(lab).length, 1);
    }));

  it("keeps results apart by identity, all lines of it", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi());
      const identities = ["a", "b", ["a", "b"], ["b", "a"], ["x", "a"], "a,b"];
      for (const Authorization of identities) {
        assert.equal((await raw(url, "/things", { headers: { Authorization } })).status, 200);
      }
      assert.equal(asked(lab).length, identities.length);
      for (const Authorization of identities) {
        await raw(url, "/things", { headers: { Authorization } });
      }
      assert.equal(asked(lab).length, identities.length);
    }));

  it("keeps results apart by stage, authorizer and deployment", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url, api } = await lab.deploy(gatedApi());
      const [deploymentId = ""] = api.deployments.keys();
      lab.gateway.createStage({ restApiId: api.id, deploymentId, stageName: "other" });
      await fetch(`${url}/things`, { headers: bearer });
      await fetch(`${url.replace(/prod$/, "other")}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 2);
      const again = lab.gateway.createDeployment({ restApiId: api.id });
      const stage = { restApiId: api.id, deploymentId: again.id, stageName: "prod" };
      lab.gateway.updateStage(stage);
      await fetch(`${url}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 3);
      lab.gateway.updateStage({ ...stage, variables: { v: "1" } });
      await fetch(`${url}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 3);
    }));

  it("keeps nothing without a TTL, and no failure ever", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 0 }));
      await fetch(`${url}/things`, { headers: bearer });
      await fetch(`${url}/things`, { headers: bearer });
      assert.equal(asked(lab).length, 2);
      const { url: kept } = await lab.deploy(gatedApi());
      const failures = [() => thrown("Unauthorized"), () => thrown("Ouch"), () => ok({})];
      for (const failure of failures) {
        setGate(lab, failure);
        assert.notEqual((await fetch(`${kept}/things`, { headers: bearer })).status, 200);
      }
      setGate(lab, allowed);
      assert.equal((await fetch(`${kept}/things`, { headers: bearer })).status, 200);
    }));

  it("denies access with API Gateway's words", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 0 }));
      const cases = [
        [[statement("Deny")], explicitDeny],
        [[statement("Allow"), statement("Deny")], explicitDeny],
        [
          [statement("Allow", "arn:aws:execute-api:us-east-1:123456789012:other/*")],
          "User is not authorized to access this resource",
        ],
      ] as const;
      for (const [statements, message] of cases) {
        setGate(lab, verdict(statements));
        const response = await fetch(`${url}/things`, { headers: bearer });
        assert.equal(response.status, 403);
        assert.equal(await response.text(), `{"Message":"${message}"}`);
        assert.equal(response.headers.get("x-amzn-errortype"), "AccessDeniedException");
      }
      assert.ok(lab.invocations.every(({ functionName }) => functionName.endsWith(":gate")));
    }));

  it("hands the context of a denial to the gateway response, which may change its status", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(
        gatedApi({}, undefined, {
          "x-amazon-apigateway-gateway-responses": {
            ACCESS_DENIED: {
              statusCode: "401",
              responseParameters: {
                "gatewayresponse.header.WWW-Authenticate": "'Bearer error=\"invalid_token\"'",
                "gatewayresponse.header.X-Who": "context.authorizer.principalId",
                "gatewayresponse.header.X-None": "context.authorizer.nothing",
                "gatewayresponse.header.Access-Control-Allow-Origin":
                  "method.request.header.Origin",
              },
              responseTemplates: {
                "application/json":
                  '{"error":"$context.authorizer.reason","none":"$context.authorizer.nothing","text":$context.error.messageString}',
              },
            },
          },
        }),
      );
      setGate(lab, verdict([statement("Deny")], { context: { reason: 'it is "old"' } }));
      const response = await fetch(`${url}/things`, {
        headers: { ...bearer, Origin: "https://app.example.com" },
      });
      assert.equal(response.status, 401);
      assert.deepEqual(await response.json(), {
        error: 'it is "old"',
        none: "",
        text: explicitDeny,
      });
      assert.equal(response.headers.get("www-authenticate"), 'Bearer error="invalid_token"');
      assert.equal(response.headers.get("x-who"), "ada");
      assert.equal(response.headers.get("x-none"), null);
      assert.equal(response.headers.get("access-control-allow-origin"), "https://app.example.com");
      const bare = await fetch(`${url}/things`, { headers: bearer });
      assert.equal(bare.headers.get("access-control-allow-origin"), null);
    }));

  it("comes before the API key, its limits and the validation of the request", () =>
    inLab(async (lab) => {
      const paths = {
        "/things": {
          get: gated({
            security: [{ user: [], key: [] }],
            parameters: [{ name: "q", in: "query", required: true }],
            "x-amazon-apigateway-request-validator": "all",
          }),
        },
      };
      const { url, api } = await lab.deploy(
        gatedApi({ authorizerResultTtlInSeconds: 0 }, paths, {
          "x-amazon-apigateway-request-validators": { all: { validateRequestParameters: true } },
        }),
      );
      lab.meter(api, { quotaSettings: { limit: 1, period: "DAY" } });
      const statusOf = async (headers: Record<string, string>) =>
        (await fetch(`${url}/things`, { headers })).status;
      const keyed = { ...bearer, "x-api-key": keyValue };
      assert.equal(await statusOf({ "x-api-key": keyValue }), 401);
      setGate(lab, verdict([statement("Deny")]));
      assert.equal(await statusOf(keyed), 403);
      setGate(lab, allowed);
      assert.equal(await statusOf(bearer), 403);
      assert.equal(await statusOf(keyed), 400);
      assert.equal(await statusOf(keyed), 429);
    }));

  it("serves what a changed document says once it is deployed", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url, api } = await lab.deploy(gatedApi({}, { "/things": { get: proxied() } }));
      const statusOf = async () => (await fetch(`${url}/things`)).status;
      lab.gateway.updateRestApi({ id: api.id, name: "lab", body: JSON.stringify(gatedApi()) });
      assert.equal(await statusOf(), 200);
      const { id: deploymentId } = lab.gateway.createDeployment({ restApiId: api.id });
      lab.gateway.updateStage({ restApiId: api.id, deploymentId, stageName: "prod" });
      assert.equal(await statusOf(), 401);
    }));

  it("refuses paths that are too long for an ARN, without asking", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi());
      const response = await fetch(`${url}/things/${"x".repeat(1600)}`, { headers: bearer });
      assert.equal(response.status, 414);
      assert.equal(await response.text(), '{"message":"Request URI too long"}');
      assert.equal(asked(lab).length, 0);
    }));

  it("answers the same with kept results as without, whoever calls what in whatever order", async () => {
    const tokens = ["ada", "bob", "eve"] as const;
    const rights = fc.constantFrom("*", "GET/*", "DELETE/*", "*/things", "GET/things/1", "POST/*");
    const rule = fc.record({ effect: fc.constantFrom("Allow", "Deny"), right: rights });
    const policies = fc.record({
      ada: fc.array(rule, { minLength: 1, maxLength: 3 }),
      bob: fc.array(rule, { minLength: 1, maxLength: 3 }),
      eve: fc.constant(undefined),
    });
    const request = fc.record({
      authorization: fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 2 }),
      method: fc.constantFrom("GET", "POST", "DELETE"),
      path: fc.constantFrom("/things", "/things/1", "/things/2"),
    });
    const requests = fc.array(request, { minLength: 1, maxLength: 12 });
    await inLab(async (lab) => {
      const operation = gated();
      const paths = {
        "/things": { get: operation, post: operation, delete: operation },
        "/things/{id}": { get: operation, post: operation, delete: operation },
      };
      const fresh = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 0 }, paths));
      const kept = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 300 }, paths));
      await fc.assert(
        fc.asyncProperty(policies, requests, async (given, calls) => {
          // No result outlives the policies that it was made of.
          lab.now = new Date(lab.now.getTime() + 300_000);
          setGate(lab, ({ payload }) => {
            const { multiValueHeaders } = JSON.parse(payload) as {
              multiValueHeaders: { Authorization: (typeof tokens)[number][] };
            };
            const [token = "eve", ...others] = multiValueHeaders.Authorization;
            const rules = others.length > 0 ? undefined : given[token];
            return rules
              ? ok(
                  verdict(
                    rules.map(({ effect, right }) =>
                      statement(effect, `arn:aws:execute-api:*:*:*/prod/${right}`),
                    ),
                    { principalId: token },
                  ),
                )
              : thrown("Unauthorized");
          });
          for (const { authorization, method, path } of calls) {
            const answer = async (url: string) => {
              const headers = { Authorization: authorization };
              const { status, body } = await raw(url, path, { method, headers });
              const { authorizer } = lab.event().requestContext as {
                authorizer?: { principalId: string };
              };
              return [status, body.toString(), status === 200 && authorizer?.principalId];
            };
            assert.deepEqual(await answer(kept.url), await answer(fresh.url));
          }
        }),
        { numRuns: 40 },
      );
    });
  });
});
