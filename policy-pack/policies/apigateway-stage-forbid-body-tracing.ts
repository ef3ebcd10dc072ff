import { isProduction, productionStacks } from "../lib/production";
import { resourceRule } from "../lib/rule";
import { methodSettingsType, stageV2Type } from "../lib/types";
import { nestedValues } from "../lib/values";

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
    const traced = ["settings", "defaultRouteSettings", "routeSettings"]
      .flatMap((property) => nestedValues(resource.get(property), "dataTraceEnabled"))
      .includes(true);
    if (traced && isProduction(resource, settings.productionStacks)) {
      report("logs bodies of requests");
    }
  },
});
