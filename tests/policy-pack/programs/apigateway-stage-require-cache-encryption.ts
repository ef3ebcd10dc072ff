import { programsOf } from "../support/examples";

export const programs = programsOf({
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
