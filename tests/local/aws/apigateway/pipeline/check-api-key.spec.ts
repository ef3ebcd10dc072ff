import assert from "node:assert/strict";
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
});
