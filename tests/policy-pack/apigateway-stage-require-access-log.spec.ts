import { apigatewayStageRequireAccessLog as policy } from "../../policy-pack/policies/apigateway-stage-require-access-log";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-stage-require-access-log", () => {
  const checked = resource("aws:apigateway/stage:Stage", "v1", {
    accessLogSettings: {
      destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:api",
      format: "$context.requestId",
    },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { accessLogSettings: outputOf() }),
      spoiled(checked, { accessLogSettings: { destinationArn: outputOf() } }),
    ]);
  });

  for (const change of [
    { accessLogSettings: undefined },
    { accessLogSettings: { destinationArn: "" } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.apigateway.Stage "v1" has no access log',
      );
    });
  }

  it("refuses a stage of an HTTP API without a log", async () => {
    await assertRefused(
      policy,
      [resource("aws:apigatewayv2/stage:Stage", "v2", {})],
      'aws.apigatewayv2.Stage "v2" has no access log',
    );
  });
});
