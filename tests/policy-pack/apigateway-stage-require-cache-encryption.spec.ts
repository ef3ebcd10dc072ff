import { apigatewayStageRequireCacheEncryption as policy } from "../../policy-pack/policies/apigateway-stage-require-cache-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:apigateway/methodSettings:MethodSettings",
  clean: { methodPath: "*/*", settings: { cachingEnabled: true, cacheDataEncrypted: true } },
  alsoClean: [{ methodPath: "*/*", settings: { loggingLevel: "ERROR" } }],
  wrong: [
    [{ methodPath: "*/*", settings: { cachingEnabled: true } }, "does not encrypt its cache"],
    [
      { methodPath: "*/*", settings: { cachingEnabled: true, cacheDataEncrypted: false } },
      "does not encrypt its cache",
    ],
  ],
});
