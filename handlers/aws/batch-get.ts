import { setTimeout } from "node:timers/promises";
import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** How often DynamoDB is asked again after it has read nothing of what is left. */
const maxEmptyAnswers = 4;

/** Milliseconds before the first such request; twice as long before each further one. */
const firstDelayMs = 50;

/**
 * The items that have these keys, in any order, read consistently. DynamoDB answers with a part when
 * they are over 16 MB, or when it is throttled: the rest is asked for again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 *
 * @param keys at most a hundred, all different.
 */
export async function batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Record<string, unknown>[],
): Promise<unknown[]> {
  const items: unknown[] = [];
  let left: Record<string, unknown>[] = [...keys];
  let emptyAnswers = 0;
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    const read = Responses?.[table] ?? [];
    items.push(...read);
    left = UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length > 0 && read.length === 0) {
      if (emptyAnswers === maxEmptyAnswers) {
        throw new Error("DynamoDB left items unread again and again.");
      }
      await setTimeout(firstDelayMs * 2 ** emptyAnswers++);
    }
  }
  return items;
}
