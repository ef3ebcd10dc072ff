import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:lambda/functionUrl:FunctionUrl",
  clean: { functionName: "worker", authorizationType: "AWS_IAM" },
  wrong: [
    [{ authorizationType: "NONE" }, "can be called by anybody"],
    [{ authorizationType: undefined }, "can be called by anybody"],
  ],
});
