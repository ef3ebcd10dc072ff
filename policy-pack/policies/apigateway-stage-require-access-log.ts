import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { stageType, stageV2Type } from "../lib/types";
import { maySet } from "../lib/values";

export const apigatewayStageRequireAccessLog = resourceRule({
  name: "apigateway-stage-require-access-log",
  description: "API Gateway stages log every request.",
  severity: "medium",
  topic: "api",
  references: [fsbp("APIGateway.9")],
  remediationSteps: "Set accessLogSettings with a format and the ARN of a log group.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  types: [stageType, stageV2Type],
  check(stage, report) {
    if (!maySet(stage.declared("accessLogSettings", "destinationArn"))) {
      report("has no access log");
    }
  },
});
