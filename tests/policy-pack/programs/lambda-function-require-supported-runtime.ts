import { programsOf } from "../support/examples";
import { workerFunction } from "../support/well-built";

export const programs = programsOf({
  type: "aws:lambda/function:Function",
  clean: workerFunction,
  wrong: [[{ runtime: "nodejs16.x" }, "has the runtime nodejs16.x, which is deprecated"]],
});
