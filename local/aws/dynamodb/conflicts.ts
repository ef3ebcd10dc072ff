import { AwsError } from "../aws-error";
import { cancelled, type CancellationReason } from "./cancellation";
import type { OperationInput } from "./operation-input";

const message = "Transaction is ongoing for the item";

/** Operations that another transaction can be in the way of. */
export const conflictingOperations: readonly string[] = [
  "DeleteItem",
  "PutItem",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
];

/**
 * What an operation is answered that another transaction is in the way of: of a transaction, at one
 * of its items.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 *
 * @param which of the items, from 0 to below 1.
 */
export function conflict({ TransactItems }: OperationInput, which: number): AwsError {
  if (TransactItems === undefined) {
    return new AwsError("TransactionConflictException", message);
  }
  const hindered = Math.floor(which * TransactItems.length);
  return cancelled(
    TransactItems.map((_, index): CancellationReason =>
      index === hindered ? { Code: "TransactionConflict", Message: message } : { Code: "None" },
    ),
  );
}
