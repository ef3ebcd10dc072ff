import { programsOf } from "../support/examples";
import { workerFunction } from "../support/well-built";

export const programs = programsOf({
  type: "aws:lambda/function:Function",
  clean: { ...workerFunction, tracingConfig: { mode: "Active" } },
  wrong: [
    [{ tracingConfig: { mode: "PassThrough" } }, "is not traced"],
    [{ tracingConfig: undefined }, "is not traced"],
  ],
  asks: { tracingConfig: "tracingConfig.mode" },
});
