import { AwsError } from "../aws-error";
import type { FunctionDefinition, FunctionSettings } from "./function-definition";

/**
 * Executions at a time of an account in a region, and those of them that stay with functions without a
 * reservation. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const accountExecutions = 1000;
const leastUnreserved = 100;

/**
 * Checks that what functions are kept leaves enough to the others.
 *
 * @param deployed functions as they are; that of the definition's name counts as it is to be.
 * @throws AwsError `InvalidParameterValueException`.
 */
export function requireUnreserved(
  { name, reservedConcurrency = 0 }: FunctionDefinition,
  deployed: readonly { settings: Pick<FunctionSettings, "name" | "reservedConcurrency"> }[],
): void {
  const kept = deployed
    .filter(({ settings }) => settings.name !== name)
    .reduce((sum, { settings }) => sum + (settings.reservedConcurrency ?? 0), 0);
  if (reservedConcurrency > 0 && kept + reservedConcurrency > accountExecutions - leastUnreserved) {
    throw new AwsError(
      "InvalidParameterValueException",
      "Specified ReservedConcurrentExecutions for function decreases account's " +
        `UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    );
  }
}
