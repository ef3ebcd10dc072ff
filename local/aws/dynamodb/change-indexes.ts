import type { Store } from "dynalite/db";

import { promised } from "./action";
import { requireSimpleKeys } from "./check-indexes";
import { entryOperations, indexPrefix, itemPrefix } from "./index-entries";
import { isTooLong } from "./index-keys";
import { withLock, writesUnderWay } from "./item-lock";
import { validationError } from "./errors";
import type { AttributeMap } from "./operation-input";
import { haveSameShape, type SecondaryIndex, type TableDefinition } from "./table-definition";

/** An index as it is stored. */
interface StoredIndex extends SecondaryIndex {
  IndexStatus: "ACTIVE" | "CREATING";
  /** Whether items that were there before it may still lack their entries. */
  Backfilling?: boolean;
}

/** A table as it is stored. */
export interface IndexedTable extends TableDefinition {
  GlobalSecondaryIndexes?: StoredIndex[];
}

/** Keys that are read, or entries that are deleted, at a time. */
const pageSize = 500;

/**
 * Makes the global indexes of a table that is stored those that it is declared with: others are deleted, and those that
 * it lacks filled with the items that are there, while items are read and written as before. What a killed process
 * has left half filled is filled anew.
 *
 * @throws AwsError `NotImplemented` for an index by several attributes, before anything is changed.
 */
export async function changeIndexes(store: Store, declared: TableDefinition): Promise<void> {
  requireSimpleKeys(declared);
  const { TableName: name, AttributeDefinitions, GlobalSecondaryIndexes: wanted = [] } = declared;
  const stored = await storedTable(store, name);
  const former = stored.GlobalSecondaryIndexes ?? [];
  const indexes = former.filter(
    (index) =>
      index.Backfilling !== true &&
      wanted.some((other) => haveSameShape([index, stored], [other, declared])),
  );
  const kept = new Set(indexes.map(({ IndexName }) => IndexName));
  const lacking = wanted.filter(({ IndexName }) => !kept.has(IndexName));
  const put = async (now: readonly StoredIndex[]): Promise<void> => {
    await putTable(store, { ...stored, AttributeDefinitions }, now);
    // Those that go by what the table was before.
    await writesUnderWay(store);
  };
  const going = former.filter((each) => !indexes.includes(each));
  if (going.length > 0) {
    await put(indexes);
  }
  for (const { IndexName } of going) {
    await clear(store, indexPrefix("Global", name, IndexName));
  }
  for (const index of lacking) {
    await clear(store, indexPrefix("Global", name, index.IndexName));
    await put([...indexes, { ...asStored(index), IndexStatus: "CREATING", Backfilling: true }]);
    await fill(store, declared, index);
    indexes.push({ ...asStored(index), IndexStatus: "ACTIVE" });
    await put(indexes);
  }
}

/**
 * @param indexName of an index that is to be read.
 * @throws AwsError `ValidationException` while it is being filled.
 */
export function requireFilled(
  { GlobalSecondaryIndexes = [] }: IndexedTable,
  indexName: string,
): void {
  if (GlobalSecondaryIndexes.some((each) => each.IndexName === indexName && each.Backfilling)) {
    throw validationError(`Cannot read from backfilling global secondary index: ${indexName}`);
  }
}

/** As dynalite has those that a table is created with; its capacity is told as it is declared. */
function asStored({ IndexName, KeySchema, Projection }: SecondaryIndex) {
  return { IndexName, KeySchema, Projection, IndexSizeBytes: 0, ItemCount: 0 };
}

async function storedTable(store: Store, name: string): Promise<IndexedTable> {
  return promised((done) => {
    store.getTable(name, false, done as never);
  });
}

async function putTable(
  store: Store,
  table: IndexedTable,
  indexes: readonly StoredIndex[],
): Promise<void> {
  const GlobalSecondaryIndexes = indexes.length > 0 ? indexes : undefined;
  await promised<unknown>((done) => {
    store.tableDb.put(table.TableName, { ...table, GlobalSecondaryIndexes }, done);
  });
}

async function clear(store: Store, prefix: string): Promise<void> {
  for await (const keys of keysOf(store, prefix)) {
    await store.db.batch(keys.map((key) => ({ type: "del", key })));
  }
}

async function fill(store: Store, table: TableDefinition, index: SecondaryIndex): Promise<void> {
  const { TableName: tableName } = table;
  const prefix = itemPrefix(tableName);
  for await (const keys of keysOf(store, prefix)) {
    for (const key of keys) {
      await withLock(store, [{ tableName, key: key.slice(prefix.length) }], async () => {
        const item = (await store.db.get(key)) as AttributeMap | undefined;
        if (item && isShortEnough(item, index)) {
          await store.db.batch(entryOperations(index, table, item));
        }
      });
    }
  }
}

/** Items whose values are longer than those of keys may be are left out of an index that is added to them. */
function isShortEnough(item: AttributeMap, { KeySchema }: SecondaryIndex): boolean {
  return !KeySchema.some(({ AttributeName, KeyType }) => isTooLong(item[AttributeName], KeyType));
}

/** The keys that begin so, as they are now, some at a time. */
async function* keysOf(store: Store, prefix: string): AsyncGenerator<string[]> {
  const keys = store.db.keys({ gte: prefix, lt: `${prefix}\u00FF` });
  try {
    for (;;) {
      const page = (await keys.nextv(pageSize)) as string[];
      if (page.length === 0) {
        return;
      }
      yield page;
    }
  } finally {
    await keys.close();
  }
}
