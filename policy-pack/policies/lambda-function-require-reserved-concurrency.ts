import { resourceRule } from "../lib/rule";
import { functionType } from "../lib/types";

/** Which functions are worth a reservation is a team's choice: each takes from all others. */
export const lambdaFunctionRequireReservedConcurrency = resourceRule({
  name: "lambda-function-require-reserved-concurrency",
  description: "Lambda functions have a concurrency of their own, where a team asks for it.",
  severity: "low",
  topic: "lambda",
  remediationSteps: "Set reservedConcurrentExecutions.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  settings: {
    required: {
      type: "boolean",
      default: false,
      description: "Whether functions need reservedConcurrentExecutions.",
    },
  },
  types: [functionType],
  check(fn, report, { required }) {
    const reserved = required ? fn.known("reservedConcurrentExecutions") : undefined;
    // The provider writes none as -1.
    if (required && (reserved === undefined || reserved === -1)) {
      report("may use up the concurrency of the account");
    }
  },
});
