import { expressionNames } from "./check-expressions";
import { validationError } from "./errors";
import type { OperationInput } from "./operation-input";
import { actionsIn } from "./transact-items";

/** In bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const maxBytes = 4096;

/**
 * Checks how long the expressions of an input are. What is made of the parameters that they replaced may be longer.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkExpressionSizes({
  RequestItems = {},
  TransactItems = [],
  ...input
}: OperationInput): void {
  const actions = TransactItems.flatMap(actionsIn).map((action) => action.input);
  for (const part of [input, ...Object.values(RequestItems), ...actions]) {
    checkSizes(part);
  }
}

function checkSizes(part: object): void {
  const members = new Map<string, unknown>(Object.entries(part));
  for (const name of expressionNames) {
    const text = members.get(name);
    const size = typeof text === "string" ? Buffer.byteLength(text) : 0;
    if (size > maxBytes) {
      throw validationError(
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`,
      );
    }
  }
}
