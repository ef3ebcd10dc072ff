import { apigatewayStageRequireTracing as policy } from "../../policy-pack/policies/apigateway-stage-require-tracing";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-stage-require-tracing", () => {
  const checked = resource("aws:apigateway/stage:Stage", "v1", { xrayTracingEnabled: true });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [checked, spoiled(checked, { xrayTracingEnabled: outputOf() })]);
  });

  for (const change of [{ xrayTracingEnabled: undefined }, { xrayTracingEnabled: false }]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.apigateway.Stage "v1" is not traced',
      );
    });
  }

  it("accepts stages of HTTP APIs, which cannot be traced", async () => {
    await assertAccepted(policy, [resource("aws:apigatewayv2/stage:Stage", "v1", {})]);
  });
});
