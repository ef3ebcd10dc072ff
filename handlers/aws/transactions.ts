import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

/** Writes that are carried out together. */
export type Actions = NonNullable<TransactWriteCommandInput["TransactItems"]>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const maxActions = 100;

const unmetCode = "ConditionalCheckFailed";

/**
 * What others who write the same item cause; the same transaction may be carried out later.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
 */
const passingCodes = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

/**
 * Carries out all of the actions or none. The SDK repeats a transaction under one token, by which
 * DynamoDB knows that it has carried it out.
 *
 * @returns what came of each action when a condition was not met, or others were in the way.
 */
export async function transact(
  client: DynamoDBDocumentClient,
  actions: Actions,
): Promise<CancellationReason[] | undefined> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: actions }));
    return undefined;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException && error.CancellationReasons;
    if (reasons && reasons.some((reason) => isUnmet(reason) || isPassing(reason))) {
      return reasons;
    }
    throw error;
  }
}

/** Whether the condition of an action was not met. */
export function isUnmet(reason: CancellationReason | undefined): boolean {
  return reason?.Code === unmetCode;
}

/** Whether others were in the way of an action. */
export function isPassing(reason: CancellationReason | undefined): boolean {
  return passingCodes.includes(reason?.Code ?? "");
}
