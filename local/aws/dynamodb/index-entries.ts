import { createRequire } from "node:module";
import { getIndexActions, type BatchOperation, type Done, type Store } from "dynalite/db";

import { promised } from "./action";
import type { AttributeMap } from "./operation-input";
import { attributeType, type SecondaryIndex, type TableDefinition } from "./table-definition";

interface IndexUpdates {
  updateIndexes: (
    store: Store,
    table: TableDefinition,
    before: AttributeMap | undefined,
    after: AttributeMap | undefined,
    done: Done<void>,
  ) => void;
}

const load = createRequire(__filename);

/**
 * Replaces what dynalite writes of an item into the indexes of its table: it takes each item that has the attributes
 * of an index's key for one with an entry. Where an index was added later on, there may be items whose attributes are
 * of another type than that, or empty, and those have none.
 */
export function replaceIndexUpdates(): void {
  (load("dynalite/db") as IndexUpdates).updateIndexes = (store, table, before, after, done) => {
    updateIndexes(store, table, before, after).then(
      () => {
        done(null);
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  };
}

async function updateIndexes(
  store: Store,
  table: TableDefinition,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): Promise<void> {
  for (const kind of ["Local", "Global"] as const) {
    for (const index of table[`${kind}SecondaryIndexes`] ?? []) {
      const entries = store.getIndexDb(kind, table.TableName, index.IndexName);
      const { deletes, puts } = actionsOf(index, table, before, after);
      for (const { key } of deletes) {
        await promised<unknown>((done) => {
          entries.del(key, done);
        });
      }
      for (const { key, item } of puts) {
        await promised<unknown>((done) => {
          entries.put(key, item, done);
        });
      }
    }
  }
}

function actionsOf(
  index: SecondaryIndex,
  table: TableDefinition,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
) {
  const entered = (item: AttributeMap | undefined) =>
    item && hasEntry(item, index, table) ? item : undefined;
  return getIndexActions([index], entered(before), entered(after), table);
}

/** Whether an item has an entry in an index: all of the index's key, of the right types, none of it empty. */
export function hasEntry(
  item: AttributeMap,
  { KeySchema }: Pick<SecondaryIndex, "KeySchema">,
  table: TableDefinition,
): boolean {
  return KeySchema.every(({ AttributeName: name }) => {
    const value = item[name]?.[attributeType(name, table) ?? ""];
    return value !== undefined && value !== "";
  });
}

/** What has to be written for an item to be in a global index. */
export function entryOperations(
  index: SecondaryIndex,
  table: TableDefinition,
  item: AttributeMap,
): BatchOperation[] {
  const prefix = indexPrefix("Global", table.TableName, index.IndexName);
  return actionsOf(index, table, undefined, item).puts.map(({ key, item: value }) => ({
    type: "put",
    key: `${prefix}${key}`,
    value,
  }));
}

/** What dynalite puts before the keys of the items of a table. */
export function itemPrefix(tableName: string): string {
  return `item-${tableName}~`;
}

/**
 * The same of the entries of an index.
 *
 * @param kind `Global` or `Local`, in any case.
 */
export function indexPrefix(kind: string, tableName: string, indexName: string): string {
  return `index-${kind.toLowerCase()}~${tableName}~${indexName}~`;
}
