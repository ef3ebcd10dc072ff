import { validationError } from "./errors";

const expressions = [
  "ConditionExpression",
  "FilterExpression",
  "KeyConditionExpression",
  "ProjectionExpression",
  "UpdateExpression",
] as const;

type Input = Partial<Record<(typeof expressions)[number], string>>;

/** In bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const maxBytes = 4096;

/**
 * Checks how long expressions are, which decides how long it takes to read them.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkExpressionSizes(input: Input): void {
  for (const name of expressions) {
    const size = Buffer.byteLength(input[name] ?? "");
    if (size > maxBytes) {
      throw validationError(
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`,
      );
    }
  }
}
