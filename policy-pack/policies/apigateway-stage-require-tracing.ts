import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { stageType } from "../lib/types";
import { mayBe } from "../lib/values";

/** HTTP and WebSocket APIs cannot be traced. */
export const apigatewayStageRequireTracing = resourceRule({
  name: "apigateway-stage-require-tracing",
  description: "Stages of REST APIs are traced by X-Ray.",
  severity: "low",
  topic: "api",
  references: [fsbp("APIGateway.3")],
  remediationSteps: "Set xrayTracingEnabled to true.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html",
  types: [stageType],
  check(stage, report) {
    if (!mayBe(stage.known("xrayTracingEnabled"), true)) {
      report("is not traced");
    }
  },
});
