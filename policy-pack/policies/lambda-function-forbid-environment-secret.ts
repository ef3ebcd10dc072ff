import { resourceRule } from "../lib/rule";
import { looksSecret } from "../lib/secret-values";
import { functionType } from "../lib/types";
import { entriesOf } from "../lib/values";

/** Whoever may look at a function's configuration reads its environment in clear. */
export const lambdaFunctionForbidEnvironmentSecret = resourceRule({
  name: "lambda-function-forbid-environment-secret",
  description: "Environments of Lambda functions hold no secrets.",
  severity: "high",
  topic: "lambda",
  remediationSteps:
    "Store the secret in AWS Secrets Manager or Parameter Store, and pass its name or ARN.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [] as string[],
      description: "Names of variables that look like secrets and are none.",
    },
  },
  types: [functionType],
  check(fn, report, { allowed }) {
    const names = entriesOf(fn.known("environment", "variables"))
      .filter(([name, value]) => typeof value === "string" && looksSecret(name, value))
      .map(([name]) => name)
      .filter((name) => !allowed.includes(name));
    if (names.length > 0) {
      // Not the values: messages are logged.
      report(`has what looks like secrets in ${names.join(", ")}`);
    }
  },
});
