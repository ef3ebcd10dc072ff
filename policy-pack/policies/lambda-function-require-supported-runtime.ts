import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { runtimeProblem } from "../lib/runtime-support";
import { functionType } from "../lib/types";

export const lambdaFunctionRequireSupportedRuntime = resourceRule({
  name: "lambda-function-require-supported-runtime",
  description: "Lambda functions have runtimes that are neither deprecated nor about to be.",
  severity: "medium",
  topic: "lambda",
  references: [fsbp("Lambda.2")],
  remediationSteps: "Move to the newest runtime of the language.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  settings: {
    noticeDays: {
      type: "integer",
      minimum: 0,
      default: 60,
      description: "Days before the deprecation from which on a runtime is reported.",
    },
  },
  types: [functionType],
  check(fn, report, { noticeDays }) {
    const runtime = fn.known("runtime");
    const problem =
      typeof runtime === "string" ? runtimeProblem(runtime, new Date(), noticeDays) : undefined;
    if (problem !== undefined) {
      report(problem);
    }
  },
});
