import { apigatewayStageRequireExecutionLog as policy } from "../../policy-pack/policies/apigateway-stage-require-execution-log";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-stage-require-execution-log", () => {
  const api = resource("aws:apigateway/restApi:RestApi", "api", {});
  const stage = resource("aws:apigateway/stage:Stage", "v1", {
    restApi: outputOf(api),
    stageName: "v1",
  });
  const settings = resource("aws:apigateway/methodSettings:MethodSettings", "all", {
    restApi: outputOf(api),
    stageName: outputOf(stage),
    methodPath: "*/*",
    settings: { loggingLevel: "INFO" as unknown },
  });
  const problem = 'aws.apigateway.Stage "v1" has no execution log';

  it("accepts a stage whose methods all log", async () => {
    await assertAccepted(policy, [api, stage, settings]);
    await assertAccepted(policy, [api, stage, spoiled(settings, { stageName: "v1" })]);
    await assertAccepted(policy, [
      api,
      stage,
      spoiled(settings, { settings: { loggingLevel: "ERROR" } }),
    ]);
  });

  it("accepts what is not known yet", async () => {
    for (const value of [outputOf(), { loggingLevel: outputOf() }]) {
      await assertAccepted(policy, [api, stage, spoiled(settings, { settings: value })]);
    }
  });

  it("accepts HTTP APIs, which have no such log", async () => {
    const httpApi = resource("aws:apigatewayv2/api:Api", "http", { protocolType: "HTTP" });
    await assertAccepted(policy, [
      httpApi,
      resource("aws:apigatewayv2/stage:Stage", "live", { apiId: outputOf(httpApi) }),
    ]);
  });

  it("refuses a stage without settings, or with those of another API", async () => {
    await assertRefused(policy, [api, stage], problem);
    const other = resource("aws:apigateway/restApi:RestApi", "other", {});
    const foreign = spoiled(settings, { restApi: outputOf(other), stageName: "v1" });
    await assertRefused(policy, [api, other, stage, foreign], problem);
  });

  for (const change of [
    { settings: {} },
    { settings: { loggingLevel: "OFF" } },
    { methodPath: "images/GET" },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(policy, [api, stage, spoiled(settings, change)], problem);
    });
  }

  it("refuses a WebSocket API that does not log", async () => {
    const webSocket = resource("aws:apigatewayv2/api:Api", "chat", { protocolType: "WEBSOCKET" });
    const live = resource("aws:apigatewayv2/stage:Stage", "live", { apiId: outputOf(webSocket) });
    await assertRefused(
      policy,
      [webSocket, live],
      'aws.apigatewayv2.Stage "live" has no execution log',
    );
    const logged = spoiled(live, { defaultRouteSettings: { loggingLevel: "INFO" } });
    await assertAccepted(policy, [webSocket, logged]);
  });
});
