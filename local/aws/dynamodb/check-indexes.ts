import { AwsError } from "../aws-error";
import type { TableDefinition } from "./table-definition";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const maxIndexes = { GlobalSecondaryIndexes: 20, LocalSecondaryIndexes: 5 };

/**
 * Checks what dynalite does not of the indexes of a new table.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkIndexes(table: TableDefinition): void {
  for (const kind of ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const) {
    const indexes = table[kind] ?? [];
    if (indexes.length > maxIndexes[kind]) {
      throw invalid(`${kind} count exceeds the per-table limit of ${maxIndexes[kind]}`);
    }
    for (const { IndexName, Projection, ProvisionedThroughput } of indexes) {
      if (Projection.ProjectionType === "INCLUDE" && !Projection.NonKeyAttributes?.length) {
        throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
      }
      if (table.BillingMode === "PAY_PER_REQUEST" && ProvisionedThroughput) {
        throw invalid(
          `ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
        );
      }
    }
  }
}

function invalid(reason: string): AwsError {
  return new AwsError(
    "ValidationException",
    `One or more parameter values were invalid: ${reason}`,
  );
}
