import {
  type CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

/** Writes that are carried out together. */
export type Actions = NonNullable<TransactWriteCommandInput["TransactItems"]>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const maxActions = 100;

const unmetCode = "ConditionalCheckFailed";
const conflictCode = "TransactionConflict";

/**
 * What others who write the same item cause; the same transaction may be carried out later.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
 */
const passingCodes = [conflictCode, "ThrottlingError", "ProvisionedThroughputExceeded"];

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

/**
 * Carries out one put by itself, which is billed half of what a transaction of it is. The SDK repeats one whose
 * answer was lost, which then finds its own item: whoever puts has to know it again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling
 *
 * @returns as `transact` does.
 */
export async function putAlone(
  client: DynamoDBDocumentClient,
  put: NonNullable<Actions[number]["Put"]>,
): Promise<CancellationReason[] | undefined> {
  try {
    await client.send(new PutCommand(put));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return [{ Code: unmetCode, Item: error.Item }];
    }
    if (error instanceof TransactionConflictException) {
      return [{ Code: conflictCode }];
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
