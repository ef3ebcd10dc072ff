import { apigatewayStageForbidBodyTracing as policy } from "../../policy-pack/policies/apigateway-stage-forbid-body-tracing";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-stage-forbid-body-tracing", () => {
  const checked = resource("aws:apigateway/methodSettings:MethodSettings", "all", {
    settings: { dataTraceEnabled: false },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { settings: outputOf() }),
      spoiled(checked, { settings: { dataTraceEnabled: outputOf() } }),
      spoiled(checked, { settings: undefined }),
    ]);
  });

  for (const change of [{ settings: { dataTraceEnabled: true } }]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.apigateway.MethodSettings "all" logs bodies of requests',
      );
    });
  }

  it("looks at stages of WebSocket APIs and their routes", async () => {
    const traced = { dataTraceEnabled: true };
    for (const props of [{ defaultRouteSettings: traced }, { routeSettings: [traced] }]) {
      await assertRefused(
        policy,
        [resource("aws:apigatewayv2/stage:Stage", "live", props)],
        'aws.apigatewayv2.Stage "live" logs bodies of requests',
      );
    }
  });

  it("lets stacks that are not production trace bodies", async () => {
    const traced = spoiled(checked, { settings: { dataTraceEnabled: true } });
    await assertAccepted(policy, [traced], { stack: "dev" });
  });
});
