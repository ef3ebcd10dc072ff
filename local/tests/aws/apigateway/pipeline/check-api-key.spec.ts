import assert from "node:assert/strict";
import { bearer, gated, gatedApi, setGate, statement, verdict } from "../authorizer-lab";
import { inLab, keyed, keyValue, openApi, proxied } from "../lab";

const document = openApi({ "/things": { get: keyed(), post: proxied() } });

describe("checkApiKey", () => {
  it("lets a key through whose plan covers the stage", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api);
      const headers = { "X-API-Key": keyValue };
      assert.equal((await fetch(`${url}/things`, { headers })).status, 200);
      const context = lab.event().requestContext as { identity: Record<string, unknown> };
      assert.equal(context.identity.apiKey, keyValue);
      assert.equal(context.identity.apiKeyId, "key1");
    }));

  it("asks no key of methods that need none", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      assert.equal((await fetch(`${url}/things`, { method: "POST" })).status, 200);
    }));

  it("refuses a missing, a wrong and a nearly right key alike", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api);
      const keys = [undefined, "", "wrong", keyValue.slice(0, -1), keyValue.toLowerCase()];
      for (const key of keys) {
        const headers: Record<string, string> = key === undefined ? {} : { "x-api-key": key };
        const response = await fetch(`${url}/things`, { headers });
        assert.equal(response.status, 403);
        assert.equal(await response.text(), '{"message":"Forbidden"}');
        assert.equal(response.headers.get("x-amzn-errortype"), "ForbiddenException");
      }
      assert.equal(lab.invocations.length, 0);
    }));

  it("refuses a key without a plan, of another stage, and a disabled one", () =>
    inLab(async (lab) => {
      const { gateway } = lab;
      const { api, url } = await lab.deploy(document);
      const [deploymentId = ""] = api.deployments.keys();
      gateway.createStage({ restApiId: api.id, deploymentId, stageName: "other" });
      const other = gateway.createUsagePlan({
        name: "other",
        apiStages: [{ apiId: api.id, stage: "other" }],
      });
      const plan = gateway.createUsagePlan({
        name: "plan",
        apiStages: [{ apiId: api.id, stage: "prod" }],
      });
      const loose = gateway.createApiKey({ name: "loose" });
      const misplaced = gateway.createApiKey({ name: "misplaced" });
      const disabled = gateway.createApiKey({ name: "disabled", enabled: false });
      gateway.createUsagePlanKey({ usagePlanId: other.id, keyId: misplaced.id });
      gateway.createUsagePlanKey({ usagePlanId: plan.id, keyId: disabled.id });
      for (const { value } of [loose, misplaced, disabled]) {
        const response = await fetch(`${url}/things`, { headers: { "x-api-key": value } });
        assert.equal(response.status, 403);
      }
    }));

  /** An API behind the gate, which gives the keys. */
  const gatedByKey = gatedApi(
    { authorizerResultTtlInSeconds: 0 },
    { "/things": { get: gated({ security: [{ user: [] }, { key: [] }] }) } },
    { "x-amazon-apigateway-api-key-source": "AUTHORIZER" },
  );

  it("takes the authorizer's key instead of the client's, and meters it", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(gatedByKey);
      lab.meter(api, { quotaSettings: { limit: 2, period: "DAY" } });
      setGate(lab, verdict([statement("Allow")], { usageIdentifierKey: keyValue }));
      const statusOf = async (headers: Record<string, string>) =>
        (await fetch(`${url}/things`, { headers: { ...bearer, ...headers } })).status;
      assert.equal(await statusOf({}), 200);
      const context = lab.event().requestContext as { identity: Record<string, unknown> };
      assert.equal(context.identity.apiKeyId, "key1");
      assert.equal(context.identity.apiKey, keyValue);
      assert.equal(await statusOf({ "x-api-key": "another-key-of-the-client" }), 200);
      assert.equal(await statusOf({}), 429);
    }));

  it("refuses a key that the authorizer does not give, or that no plan knows", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(gatedByKey);
      lab.meter(api);
      const headers = { ...bearer, "x-api-key": keyValue };
      for (const usageIdentifierKey of [undefined, null, "", "unknown-key-unknown-key"]) {
        setGate(lab, verdict([statement("Allow")], { usageIdentifierKey }));
        const response = await fetch(`${url}/things`, { headers });
        assert.equal(response.status, 403);
        assert.equal(await response.text(), '{"message":"Forbidden"}');
        assert.equal(response.headers.get("x-amzn-errortype"), "ForbiddenException");
      }
    }));

  it("does not take the authorizer's key where the client is to send it", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(gatedByKey, { apiKeySource: "HEADER" });
      lab.meter(api);
      setGate(lab, verdict([statement("Allow")], { usageIdentifierKey: keyValue }));
      assert.equal((await fetch(`${url}/things`, { headers: bearer })).status, 403);
      const headers = { ...bearer, "x-api-key": keyValue };
      assert.equal((await fetch(`${url}/things`, { headers })).status, 200);
    }));

  it("lets nobody through to a method without an authorizer that would give the key", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document, { apiKeySource: "AUTHORIZER" });
      lab.meter(api);
      const headers = { "x-api-key": keyValue };
      assert.equal((await fetch(`${url}/things`, { headers })).status, 403);
    }));
});
