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

/**
 * Carries out all of the actions or none. The SDK repeats a transaction under one token, by which
 * DynamoDB knows that it has carried it out.
 *
 * @param otherReasons codes that are returned as well, rather than thrown.
 * @returns what came of each action when a condition was not met.
 */
export async function transact(
  client: DynamoDBDocumentClient,
  actions: Actions,
  otherReasons: readonly string[] = [],
): Promise<CancellationReason[] | undefined> {
  const foreseen = ["ConditionalCheckFailed", ...otherReasons];
  try {
    await client.send(new TransactWriteCommand({ TransactItems: actions }));
    return undefined;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException && error.CancellationReasons;
    if (reasons && reasons.some(({ Code = "" }) => foreseen.includes(Code))) {
      return reasons;
    }
    throw error;
  }
}
