import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:apigateway/stage:Stage",
  clean: { restApi: "api1", deployment: "d1", stageName: "v1", xrayTracingEnabled: true },
  wrong: [
    [{ xrayTracingEnabled: false }, "is not traced"],
    [{ xrayTracingEnabled: undefined }, "is not traced"],
  ],
});
