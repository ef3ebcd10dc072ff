import { stackRule } from "../lib/rule";
import type { CheckedStack, StackResource } from "../lib/stack";
import { isThrottled, settingsOfAllMethods } from "../lib/stage-settings";
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
  check(stack, report) {
    const open = [
      ...stack.ofType(stageType).filter((stage) => !isRestStageThrottled(stack, stage)),
      ...stack
        .ofType(stageV2Type)
        .filter((stage) => !hasRouteLimits(stage.get("defaultRouteSettings"))),
    ];
    for (const stage of open) {
      report(stage, "is not throttled");
    }
  },
});

function isRestStageThrottled(stack: CheckedStack, stage: StackResource): boolean {
  return (
    settingsOfAllMethods(stack, stage).some(hasRouteLimits) ||
    stack
      .referring(stage, "apiStages", ["aws:apigateway/usagePlan:UsagePlan"])
      .some((plan) => isThrottled(plan.get("throttleSettings"), "rateLimit", "burstLimit"))
  );
}

function hasRouteLimits(settings: unknown): boolean {
  return isThrottled(settings, "throttlingRateLimit", "throttlingBurstLimit");
}
