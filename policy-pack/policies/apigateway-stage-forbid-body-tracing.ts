import { isProduction, productionStacks } from "../lib/production";
import { resourceRule } from "../lib/rule";
import { methodSettingsType, stageV2Type } from "../lib/types";

/** Data tracing logs headers and bodies in full, keys and personal data among them. */
export const apigatewayStageForbidBodyTracing = resourceRule({
  name: "apigateway-stage-forbid-body-tracing",
  description: "API Gateway does not log bodies of requests in production.",
  severity: "high",
  topic: "api",
  remediationSteps: "Set dataTraceEnabled to false.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  settings: { productionStacks },
  types: [methodSettingsType, stageV2Type],
  check(resource, report, settings) {
    if (!isProduction(resource, settings.productionStacks)) {
      return;
    }
    const traced = ["settings", "defaultRouteSettings", "routeSettings"]
      .flatMap((property) => resource.knownNested("dataTraceEnabled", property))
      .includes(true);
    if (traced) {
      report("logs bodies of requests");
    }
  },
});
