import type { Block, CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { isThrottled, someSettingsOfAllMethods } from "../lib/stage-settings";
import { stageType, stageV2Type } from "../lib/types";

/** Without limits of its own, an API can use up those of the whole account. */
export const apigatewayStageRequireThrottling = stackRule({
  name: "apigateway-stage-require-throttling",
  description: "API Gateway stages limit the rate of requests.",
  severity: "medium",
  topic: "api",
  remediationSteps:
    "Set the throttling rate and burst limits, by aws.apigateway.MethodSettings for */*, an aws.apigateway.UsagePlan or defaultRouteSettings.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
  types: [stageType],
  // The limits of HTTP and WebSocket APIs are in the stage itself.
  alone: {
    types: [stageV2Type],
    check(stage, report) {
      if (!stage.some(stage.blocks("defaultRouteSettings"), hasRouteLimits)) {
        report("is not throttled");
      }
    },
  },
  check(stage, report, _settings, stack) {
    if (!isRestStageThrottled(stack, stage)) {
      report("is not throttled");
    }
  },
});

function isRestStageThrottled(stack: CheckedStack, stage: CheckedResource): boolean {
  const plans = stack.referring(stage, "apiStages", ["aws:apigateway/usagePlan:UsagePlan"]);
  return (
    someSettingsOfAllMethods(stack, stage, hasRouteLimits) ||
    stage.some(
      plans.flatMap((plan) => plan.blocks("throttleSettings")),
      (limits) => isThrottled(limits, "rateLimit", "burstLimit"),
    )
  );
}

function hasRouteLimits(settings: Block): boolean {
  return isThrottled(settings, "throttlingRateLimit", "throttlingBurstLimit");
}
