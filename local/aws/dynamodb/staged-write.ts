import type { BatchOperation, Entries, Store } from "dynalite/db";

import { AwsError } from "../aws-error";
import { act, type CheckedInput } from "./action";
import { DetailedError } from "./errors";
import type { AttributeMap } from "./operation-input";
import type { ItemChange } from "./streams/stream-record";

/** What a write would do. */
export interface StagedWrite {
  output: object;
  /** What becomes of the items. */
  item: BatchOperation[];
  /** What becomes of their entries in the indexes. */
  entries: BatchOperation[];
  /** The same as of `item`, with what was there before. */
  changes: ItemChange[];
}

/**
 * Finds out what a write would do, without doing it: dynalite performs it on a store that reads as
 * the real one does, and only takes note of what is to be written. The caller has locked the items.
 *
 * @param operation `PutItem`, `UpdateItem`, `DeleteItem` or `BatchWriteItem`.
 * @throws AwsError what DynamoDB would answer, with the item where the input asks for it.
 */
export async function stageWrite(
  store: Store,
  operation: string,
  input: CheckedInput,
): Promise<StagedWrite> {
  const item: BatchOperation[] = [];
  const entries: BatchOperation[] = [];
  const changes: ItemChange[] = [];
  let found: unknown;
  const staging: Store = {
    ...store,
    getItemDb: (tableName) => {
      const before = new Map<string, AttributeMap | undefined>();
      const note = (key: string, after: AttributeMap | undefined) => {
        changes.push({ tableName, before: before.get(key), after });
      };
      return {
        ...recorder(`item-${tableName}`, item, note),
        get: (key, done) => {
          store.getItemDb(tableName).get(key, (error, existing) => {
            found = existing;
            before.set(key, existing as AttributeMap | undefined);
            done(error, existing);
          });
        },
      };
    },
    getIndexDb: (kind, tableName, indexName) =>
      recorder(`index-${kind.toLowerCase()}~${tableName}~${indexName}`, entries),
  };
  try {
    return { output: await act(staging, operation, input), item, entries, changes };
  } catch (error) {
    throw withItem(error, input, found);
  }
}

/**
 * @param prefix what dynalite puts before the keys of the items of one table or index.
 * @param note is told what becomes of each.
 */
function recorder(
  prefix: string,
  operations: BatchOperation[],
  note: (key: string, value: AttributeMap | undefined) => void = () => undefined,
): Entries {
  return {
    lock: (_key, body) => {
      body((done) => done);
    },
    put: (key, value, done) => {
      operations.push({ type: "put", key: `${prefix}~${key}`, value });
      note(key, value as AttributeMap);
      done(null);
    },
    del: (key, done) => {
      operations.push({ type: "del", key: `${prefix}~${key}` });
      note(key, undefined);
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
