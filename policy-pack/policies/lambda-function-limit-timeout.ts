import { callersOf } from "../lib/function-callers";
import { stackRule } from "../lib/rule";
import { functionType } from "../lib/types";
import { mayLieBetween, textOf } from "../lib/values";

/** What Lambda takes when nothing is set, in seconds. */
const defaultTimeoutSeconds = 3;

/**
 * API Gateway waits for 29 s. A second more lets a function that is late be stopped and logged as
 * such; longer, it works for nobody.
 */
export const lambdaFunctionLimitTimeout = stackRule({
  name: "lambda-function-limit-timeout",
  description: "Lambda functions behind API Gateway stop when it stops waiting.",
  severity: "low",
  topic: "lambda",
  remediationSteps: "Lower timeout, or let the work be done asynchronously.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
  settings: {
    maximumSeconds: {
      type: "integer",
      minimum: 1,
      maximum: 900,
      default: 30,
      description: "Longest timeout of a function that API Gateway may invoke, in seconds.",
    },
  },
  types: [functionType],
  check(fn, report, { maximumSeconds }, stack) {
    const isBehindGateway = callersOf(stack, fn).includes("apigateway.amazonaws.com");
    const timeout = isBehindGateway ? (fn.known("timeout") ?? defaultTimeoutSeconds) : 1;
    if (!mayLieBetween(timeout, 1, maximumSeconds)) {
      report(`may run for ${textOf(timeout)} s, longer than ${maximumSeconds} s`);
    }
  },
});
