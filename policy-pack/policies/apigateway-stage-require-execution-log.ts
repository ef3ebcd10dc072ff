import { fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { protocolOf, settingsOfAllMethods } from "../lib/stage-settings";
import { stageType, stageV2Type } from "../lib/types";
import { at, mayBe } from "../lib/values";

export const apigatewayStageRequireExecutionLog = stackRule({
  name: "apigateway-stage-require-execution-log",
  description: "Stages of REST and WebSocket APIs log how requests are carried out.",
  severity: "medium",
  topic: "api",
  references: [fsbp("APIGateway.1")],
  remediationSteps:
    "Set loggingLevel to ERROR or INFO, by aws.apigateway.MethodSettings for */* or in defaultRouteSettings.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  check(stack, report) {
    const restStages = stack
      .ofType(stageType)
      .filter((stage) => !settingsOfAllMethods(stack, stage).some(isLogged));
    // HTTP APIs have no execution log.
    const webSocketStages = stack
      .ofType(stageV2Type)
      .filter((stage) => protocolOf(stack, stage) === "WEBSOCKET")
      .filter((stage) => !isLogged(stage.get("defaultRouteSettings")));
    for (const stage of [...restStages, ...webSocketStages]) {
      report(stage, "has no execution log");
    }
  },
});

function isLogged(settings: unknown): boolean {
  return mayBe(at(settings, "loggingLevel"), "ERROR", "INFO");
}
