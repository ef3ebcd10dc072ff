import type { BatchOperation, Entries, Store } from "dynalite/db";

import { AwsError } from "../aws-error";
import { act, type CheckedInput } from "./action";
import { DetailedError } from "./errors";

/** What a write of one item would do. */
export interface StagedWrite {
  output: object;
  /** What becomes of the item. */
  item: BatchOperation[];
  /** What becomes of its entries in the indexes. */
  entries: BatchOperation[];
}

/**
 * Finds out what a write would do, without doing it: dynalite performs it on a store that reads as
 * the real one does, and only takes note of what is to be written. The caller has locked the item.
 *
 * @param operation `PutItem`, `UpdateItem` or `DeleteItem`.
 * @throws AwsError what DynamoDB would answer, with the item where the input asks for it.
 */
export async function stageWrite(
  store: Store,
  operation: string,
  input: CheckedInput,
): Promise<StagedWrite> {
  const item: BatchOperation[] = [];
  const entries: BatchOperation[] = [];
  let found: unknown;
  const staging: Store = {
    ...store,
    getItemDb: (tableName) => ({
      ...recorder(`item-${tableName}`, item),
      get: (key, done) => {
        store.getItemDb(tableName).get(key, (error, existing) => {
          found = existing;
          done(error, existing);
        });
      },
    }),
    getIndexDb: (kind, tableName, indexName) =>
      recorder(`index-${kind.toLowerCase()}~${tableName}~${indexName}`, entries),
  };
  try {
    return { output: await act(staging, operation, input), item, entries };
  } catch (error) {
    throw withItem(error, input, found);
  }
}

/** @param prefix what dynalite puts before the keys of the items of one table or index. */
function recorder(prefix: string, operations: BatchOperation[]): Entries {
  return {
    lock: (_key, body) => {
      body((done) => done);
    },
    put: (key, value, done) => {
      operations.push({ type: "put", key: `${prefix}~${key}`, value });
      done(null);
    },
    del: (key, done) => {
      operations.push({ type: "del", key: `${prefix}~${key}` });
      done(null);
    },
  };
}

function withItem(error: unknown, input: CheckedInput, Item: unknown): unknown {
  const isWanted =
    error instanceof AwsError &&
    error.code === "ConditionalCheckFailedException" &&
    input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  return isWanted ? new DetailedError(error.code, error.message, { Item }) : error;
}
