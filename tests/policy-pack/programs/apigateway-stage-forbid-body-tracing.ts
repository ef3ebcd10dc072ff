import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:apigateway/methodSettings:MethodSettings",
  clean: {
    restApi: "api1",
    stageName: "v1",
    methodPath: "*/*",
    settings: { dataTraceEnabled: false },
  },
  wrong: [[{ settings: { dataTraceEnabled: true } }, "logs bodies of requests"]],
});
