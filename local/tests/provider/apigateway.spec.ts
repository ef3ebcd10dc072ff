import assert from "node:assert/strict";
import { Acm } from "../../aws/acm/acm";
import { apigatewayResources } from "../../provider/apigateway";
import type { Properties, ResourceRequest, ResourceState } from "../../provider/resource";
import type { RestApi } from "../../aws/apigateway/state";
import {
  bearer,
  gated,
  gatedApi,
  setGate,
  statement,
  verdict,
} from "../aws/apigateway/authorizer-lab";
import { account, inLab, type Lab, openApi, keyed, keyValue } from "../aws/apigateway/lab";
import { createPlanned } from "./create-planned";

const body = JSON.stringify(openApi({ "/things": { get: keyed() } }));

function request(type: string, inputs: Properties): ResourceRequest {
  return {
    type,
    name: "thing",
    urn: `urn:pulumi:test::test::${type}::thing`,
    inputs,
    projectDir: "/",
    physicalName: () => "thing-1234567",
    stableId: (purpose, length, alphabet) =>
      Array.from({ length }, (_, index) =>
        alphabet.charAt((type.length + purpose.length + index) % alphabet.length),
      ).join(""),
  };
}

/** Creates a resource of `aws:apigateway/<kind>`. */
type Create = (kind: string, inputs: Properties) => Promise<ResourceState>;

function inAccount(test: (create: Create, lab: Lab) => Promise<void>): Promise<void> {
  return inLab((lab) => {
    const types = apigatewayResources(lab.gateway, account, { acm: new Acm() });
    return test(
      (kind, inputs) => createPlanned(types, request(`aws:apigateway/${kind}`, inputs)),
      lab,
    );
  });
}

/** An API with a stage. */
async function createApi(create: Create) {
  const api = await create("restApi:RestApi", { body, binaryMediaTypes: ["image/png"] });
  const deployment = await create("deployment:Deployment", { restApi: api.id });
  const stage = await create("stage:Stage", {
    restApi: api.id,
    deployment: deployment.id,
    stageName: "prod",
  });
  return { api, deployment, stage };
}

describe("apigatewayResources", () => {
  it("creates an API, its deployment and its stage with outputs like AWS's", () =>
    inAccount(async (create) => {
      const { api, deployment, stage } = await createApi(create);
      assert.match(api.id, /^[a-z0-9]{10}$/);
      const executionArn = `arn:aws:execute-api:us-east-1:123456789012:${api.id}`;
      const { createdDate, rootResourceId, ...outputs } = api.outputs;
      assert.match(String(createdDate), /^\d{4}-/);
      assert.match(String(rootResourceId), /^[a-z0-9]{10}$/);
      assert.deepEqual(outputs, {
        body,
        name: "thing-1234567",
        region: "us-east-1",
        arn: `arn:aws:apigateway:us-east-1::/restapis/${api.id}`,
        executionArn,
        apiKeySource: "HEADER",
        binaryMediaTypes: ["image/png"],
        description: "",
        disableExecuteApiEndpoint: false,
        endpointConfiguration: { types: "EDGE" },
        minimumCompressionSize: "",
        policy: "",
        securityPolicy: "TLS_1_0",
        tagsAll: {},
      });
      assert.match(deployment.id, /^[a-z0-9]{6}$/);
      assert.equal(stage.id, `ags-${api.id}-prod`);
      assert.equal(
        stage.outputs.arn,
        `arn:aws:apigateway:us-east-1::/restapis/${api.id}/stages/prod`,
      );
      assert.equal(stage.outputs.executionArn, `${executionArn}/prod`);
      assert.match(String(stage.outputs.invokeUrl), /^http:\/\/127\.0\.0\.1:\d+\/prod$/);
    }));

  it("creates a key, a plan and their bond, which let requests through", () =>
    inAccount(async (create) => {
      const { api, stage } = await createApi(create);
      const key = await create("apiKey:ApiKey", {});
      const plan = await create("usagePlan:UsagePlan", {
        apiStages: [{ apiId: api.id, stage: "prod" }],
        quotaSettings: { limit: 1, period: "DAY" },
      });
      const bond = await create("usagePlanKey:UsagePlanKey", {
        keyId: key.id,
        keyType: "API_KEY",
        usagePlanId: plan.id,
      });
      const value = String(key.outputs.value);
      assert.match(value, /^[A-Za-z0-9]{40}$/);
      assert.deepEqual(key.secretOutputs, ["value"]);
      assert.equal(key.outputs.arn, `arn:aws:apigateway:us-east-1::/apikeys/${key.id}`);
      assert.equal(plan.outputs.arn, `arn:aws:apigateway:us-east-1::/usageplans/${plan.id}`);
      assert.deepEqual([bond.id, bond.outputs.value], [key.id, value]);
      const get = () =>
        fetch(`${String(stage.outputs.invokeUrl)}/things`, { headers: { "x-api-key": value } });
      assert.equal((await get()).status, 200);
      assert.equal((await get()).status, 429);
    }));

  it("applies method settings", () =>
    inAccount(async (create, lab) => {
      const { api, stage } = await createApi(create);
      const settings = await create("methodSettings:MethodSettings", {
        restApi: api.id,
        stageName: "prod",
        methodPath: "*/*",
        settings: { metricsEnabled: true },
      });
      assert.equal(settings.id, `${api.id}-prod-*/*`);
      await fetch(`${String(stage.outputs.invokeUrl)}/things`);
      assert.ok(lab.metrics.some(({ dimensions }) => dimensions.Method === "GET"));
    }));

  it("has the account's settings", () =>
    inAccount(async (create) => {
      const role = "arn:aws:iam::123456789012:role/logs";
      const { outputs } = await create("account:Account", { cloudwatchRoleArn: role });
      assert.deepEqual(outputs, {
        region: "us-east-1",
        cloudwatchRoleArn: role,
        apiKeyVersion: "4",
        features: ["UsagePlans"],
        throttleSettings: [{ rateLimit: 10_000, burstLimit: 5000 }],
      });
    }));

  it("refuses what would be served in another way than on AWS", () =>
    inAccount(async (create) => {
      const foreign = { keyId: "abcdefghij", usagePlanId: "abc123" };
      await assert.rejects(create("usagePlanKey:UsagePlanKey", foreign), /no API key abcdefghij/);
      await assert.rejects(create("restApi:RestApi", {}), /without a body/);
      await assert.rejects(create("restApi:RestApi", { body, policy: "{}" }), /policy/);
      const cached = { restApi: "x", deployment: "y", stageName: "s", cacheClusterEnabled: true };
      await assert.rejects(create("stage:Stage", cached), /cacheClusterEnabled/);
    }));

  it("serves authorizers of a document, and those of a changed one once it is deployed", () =>
    inAccount(async (create, lab) => {
      setGate(lab, verdict([statement("Allow")], { usageIdentifierKey: keyValue }));
      const paths = { "/things": { get: gated({ security: [{ user: [], key: [] }] }) } };
      const source = { "x-amazon-apigateway-api-key-source": "AUTHORIZER" };
      const document = (authorizer: object) => JSON.stringify(gatedApi(authorizer, paths, source));
      const types = apigatewayResources(lab.gateway, account, { acm: new Acm() });
      const planned = (authorizer: object) =>
        types["aws:apigateway/restApi:RestApi"]?.(
          request("aws:apigateway/restApi:RestApi", { body: document(authorizer) }),
        );
      const deploy = (id: string) => {
        lab.gateway.createDeployment({ id, restApiId: api.id });
      };
      const api = await create("restApi:RestApi", { body: document({}) });
      assert.equal(api.outputs.apiKeySource, "AUTHORIZER");
      deploy("first");
      const stage = { restApiId: api.id, stageName: "prod" };
      lab.gateway.createStage({ ...stage, deploymentId: "first" });
      lab.meter({ id: api.id } as RestApi);
      const url = `${await lab.gateway.invokeUrl(api.id, "prod")}/things`;
      const statusOf = async (headers: Record<string, string>) =>
        (await fetch(url, { headers })).status;
      assert.equal(await statusOf(bearer), 200);
      assert.equal(await statusOf({}), 401);
      await (await planned({ identitySource: "method.request.header.X-Token" }))?.update?.();
      assert.equal(await statusOf(bearer), 200);
      deploy("second");
      lab.gateway.updateStage({ ...stage, deploymentId: "second" });
      assert.equal(await statusOf(bearer), 401);
      assert.equal(await statusOf({ "X-Token": "1" }), 200);
    }));

  it("prefers the API key source of the inputs to the document's", () =>
    inAccount(async (create) => {
      const api = await create("restApi:RestApi", { body, apiKeySource: "AUTHORIZER" });
      assert.equal(api.outputs.apiKeySource, "AUTHORIZER");
    }));

  it("refuses authorizers that AWS refuses, and says which ones it does not emulate", () =>
    inAccount(async (create) => {
      const withAuthorizer = (authorizer: object) =>
        create("restApi:RestApi", { body: JSON.stringify(gatedApi(authorizer)) });
      await assert.rejects(
        withAuthorizer({ authorizerResultTtlInSeconds: 4000 }),
        /the authorizer "user": Authorizer result TTL must be between 0 and 3600/,
      );
      await assert.rejects(withAuthorizer({ type: "cognito_user_pools" }), {
        message: /does not emulate the type 'cognito_user_pools' of the authorizer "user"/,
      });
      await assert.rejects(withAuthorizer({ authorizerCredentials: "arn:aws:iam::1:role/r" }), {
        message: /does not emulate authorizerCredentials/,
      });
    }));
});
