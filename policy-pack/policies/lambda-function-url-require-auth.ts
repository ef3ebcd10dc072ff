import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { mayBe } from "../lib/values";

export const lambdaFunctionUrlRequireAuth = resourceRule({
  name: "lambda-function-url-require-auth",
  description: "URLs of Lambda functions require IAM authentication.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("Lambda.1")],
  remediationSteps: "Set authorizationType to AWS_IAM.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  check(functionUrl, report) {
    if (!mayBe(functionUrl.known("authorizationType"), "AWS_IAM")) {
      report("can be called by anybody");
    }
  },
});
