import { nist } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { functionType } from "../lib/types";
import { mayBe } from "../lib/values";

export const lambdaFunctionRequireTracing = resourceRule({
  name: "lambda-function-require-tracing",
  description: "Lambda functions are traced by X-Ray.",
  severity: "low",
  topic: "lambda",
  references: [nist("Lambda.7")],
  remediationSteps: "Set tracingConfig.mode to Active.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html",
  types: [functionType],
  check(fn, report) {
    if (!mayBe(fn.known("tracingConfig", "mode"), "Active")) {
      report("is not traced");
    }
  },
});
