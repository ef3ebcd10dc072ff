import { fsbp } from "../lib/reference";
import type { Block, CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { protocolOf, someSettingsOfAllMethods } from "../lib/stage-settings";
import type { CheckedStack } from "../lib/stack";
import { stageType, stageV2Type } from "../lib/types";
import { mayBe } from "../lib/values";

export const apigatewayStageRequireExecutionLog = stackRule({
  name: "apigateway-stage-require-execution-log",
  description: "Stages of REST and WebSocket APIs log how requests are carried out.",
  severity: "medium",
  topic: "api",
  references: [fsbp("APIGateway.1")],
  remediationSteps:
    "Set loggingLevel to ERROR or INFO, by aws.apigateway.MethodSettings for */* or in defaultRouteSettings.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  types: [stageType, stageV2Type],
  check(stage, report, _settings, stack) {
    const logged =
      stage.type === stageType
        ? someSettingsOfAllMethods(stack, stage, isLogged)
        : isV2StageLogged(stack, stage);
    if (!logged) {
      report("has no execution log");
    }
  },
});

/** HTTP APIs have no execution log. */
function isV2StageLogged(stack: CheckedStack, stage: CheckedResource): boolean {
  return (
    protocolOf(stack, stage) !== "WEBSOCKET" ||
    stage.some(stage.blocks("defaultRouteSettings"), isLogged)
  );
}

function isLogged(settings: Block): boolean {
  return mayBe(settings.known("loggingLevel"), "ERROR", "INFO");
}
