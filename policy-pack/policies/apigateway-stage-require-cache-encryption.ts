import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { methodSettingsType } from "../lib/types";
import { mayBe } from "../lib/values";

export const apigatewayStageRequireCacheEncryption = resourceRule({
  name: "apigateway-stage-require-cache-encryption",
  description: "Caches of REST APIs are encrypted.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("APIGateway.5")],
  remediationSteps: "Set cacheDataEncrypted to true.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
  types: [methodSettingsType],
  check(settings, report) {
    const isCached = settings.known("settings", "cachingEnabled") === true;
    if (isCached && !mayBe(settings.known("settings", "cacheDataEncrypted"), true)) {
      report("does not encrypt its cache");
    }
  },
});
