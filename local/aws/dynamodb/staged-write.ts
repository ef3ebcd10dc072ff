import type { BatchOperation, Entries, Store } from "dynalite/db";

import { AwsError } from "../aws-error";
import { act, type CheckedInput } from "./action";
import { holds } from "./condition";
import { DetailedError } from "./errors";
import { indexPrefix, itemPrefix } from "./index-entries";
import { mayBeNoKey, requireIndexKeys } from "./index-keys";
import { tableOf } from "./item-lock";
import type { AttributeMap } from "./operation-input";
import type { ItemChange } from "./streams/stream-record";
import { requireStorable } from "./update-expression";

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

interface Output {
  Attributes?: AttributeMap | undefined;
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
  const { _condition: condition, ...performed } = input;
  const staging: Store = {
    ...store,
    getItemDb: (tableName) => {
      const before = new Map<string, AttributeMap | undefined>();
      const note = (key: string, after: AttributeMap | undefined) => {
        changes.push({ tableName, before: before.get(key), after });
      };
      return {
        ...recorder(itemPrefix(tableName), item, note),
        get: (key, done) => {
          store.getItemDb(tableName).get(key, (error, existing) => {
            found = existing;
            const item = existing as AttributeMap | undefined;
            before.set(key, item);
            if (item === undefined && takesOnlyAway(input)) {
              performed._updates = { sections: [], paths: [] };
            }
            done(conditionError(condition, item) ?? error, existing);
          });
        },
      };
    },
    getIndexDb: (kind, tableName, indexName) =>
      recorder(indexPrefix(kind, tableName, indexName), entries),
  };
  try {
    const output = await act(staging, operation, performed);
    await requireWritable(store, input, changes);
    return takesOnlyAway(input) && found === undefined
      ? { output: withoutAttributes(output), item: [], entries: [], changes: [] }
      : { output: withoutEmpty(output), item, entries, changes };
  } catch (error) {
    throw withItem(error, input, found);
  }
}

/** Whether an update could only take something away: it makes no item of none, as dynalite would. */
function takesOnlyAway({ _updates: updates }: CheckedInput): boolean {
  return updates?.sections.every(({ type }) => type === "remove" || type === "delete") ?? false;
}

/** DynamoDB leaves out what would have nothing in it. */
function withoutEmpty(output: Output): Output {
  const { Attributes = {} } = output;
  return Object.keys(Attributes).length === 0 ? withoutAttributes(output) : output;
}

function withoutAttributes(output: Output): Output {
  return { ...output, Attributes: undefined };
}

/** What DynamoDB answers where the condition does not hold; dynalite's own judgement is not asked. */
function conditionError(
  condition: CheckedInput["_condition"],
  item: AttributeMap | undefined,
): AwsError | undefined {
  return condition === undefined || holds(condition.expression, item)
    ? undefined
    : new AwsError("ConditionalCheckFailedException", "The conditional request failed");
}

/** Checks what dynalite would write, as far as it does not do so itself. */
async function requireWritable(
  store: Store,
  { _updates: updates }: CheckedInput,
  changes: readonly ItemChange[],
): Promise<void> {
  for (const change of changes) {
    const { tableName, after = {} } = change;
    if (Object.values(after).some(mayBeNoKey)) {
      requireIndexKeys(change, await tableOf(store, tableName), updates !== undefined);
    }
    if (updates !== undefined) {
      requireStorable(updates, after);
    }
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
      operations.push({ type: "put", key: `${prefix}${key}`, value });
      note(key, value as AttributeMap);
      done(null);
    },
    del: (key, done) => {
      operations.push({ type: "del", key: `${prefix}${key}` });
      note(key, undefined);
      done(null);
    },
    createValueStream: () => {
      throw new Error("What writes an item searches nothing.");
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
