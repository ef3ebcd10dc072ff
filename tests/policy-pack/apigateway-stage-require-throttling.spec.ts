import { apigatewayStageRequireThrottling as policy } from "../../policy-pack/policies/apigateway-stage-require-throttling";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-stage-require-throttling", () => {
  const api = resource("aws:apigateway/restApi:RestApi", "api", {});
  const stage = resource("aws:apigateway/stage:Stage", "v1", {
    restApi: outputOf(api),
    stageName: "v1",
  });
  const settings = resource("aws:apigateway/methodSettings:MethodSettings", "all", {
    restApi: outputOf(api),
    stageName: outputOf(stage),
    methodPath: "*/*",
    settings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
  });
  const plan = resource("aws:apigateway/usagePlan:UsagePlan", "plan", {
    apiStages: [{ apiId: outputOf(api), stage: outputOf(stage) }],
    throttleSettings: { rateLimit: 10, burstLimit: 20 },
  });
  const problem = 'aws.apigateway.Stage "v1" is not throttled';

  it("accepts limits of all methods or of a usage plan", async () => {
    await assertAccepted(policy, [api, stage, settings]);
    await assertAccepted(policy, [api, stage, plan]);
  });

  it("accepts limits that are not known yet", async () => {
    await assertAccepted(policy, [api, stage, spoiled(settings, { settings: outputOf() })]);
    await assertAccepted(policy, [api, stage, spoiled(plan, { throttleSettings: outputOf() })]);
  });

  it("refuses a stage without limits", async () => {
    await assertRefused(policy, [api, stage], problem);
  });

  for (const limits of [
    {},
    { throttlingRateLimit: 100 },
    { throttlingBurstLimit: 200 },
    { throttlingRateLimit: -1, throttlingBurstLimit: -1 },
  ]) {
    it(`refuses the limits ${JSON.stringify(limits)}`, async () => {
      await assertRefused(policy, [api, stage, spoiled(settings, { settings: limits })], problem);
    });
  }

  it("refuses a plan without limits", async () => {
    await assertRefused(
      policy,
      [api, stage, spoiled(plan, { throttleSettings: undefined })],
      problem,
    );
  });

  it("checks stages of HTTP APIs by their route settings", async () => {
    const live = resource("aws:apigatewayv2/stage:Stage", "live", {
      defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
    });
    await assertAccepted(policy, [live]);
    await assertRefused(
      policy,
      [spoiled(live, { defaultRouteSettings: undefined })],
      'aws.apigatewayv2.Stage "live" is not throttled',
    );
  });
});
