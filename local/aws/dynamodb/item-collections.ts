import type { Store } from "dynalite/db";

import { tableOf } from "./item-lock";
import type { AttributeMap, WriteRequest } from "./operation-input";

/** Of a write, where the item is that it is about. */
interface Write {
  TableName?: string | undefined;
  Item?: AttributeMap | undefined;
  Key?: AttributeMap | undefined;
}

/** The items of a partition key, of a table with local indexes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ItemCollectionMetrics.html */
interface ItemCollection {
  ItemCollectionKey: AttributeMap;
  /** An estimate: at least, and at most. */
  SizeEstimateRangeGB: readonly [number, number];
}

/** What a write is asked to tell: dynalite checks the value, and tells nothing. */
interface Asked extends Write {
  ReturnItemCollectionMetrics?: unknown;
  /** Of BatchWriteItem. */
  RequestItems?: Readonly<Record<string, readonly WriteRequest[]>> | undefined;
}

/** Where collections are told of: one by itself, others by tables. */
interface Told {
  ItemCollectionMetrics?: ItemCollection | Record<string, ItemCollection[]>;
}

/** What a write tells of the collections that it has changed, if it is asked and there are any. */
export async function collectionsOfWrite(store: Store, input: Asked): Promise<Told> {
  const { RequestItems: batch } = input;
  if (batch !== undefined) {
    const writes = Object.entries(batch).flatMap(([TableName, requests]) =>
      requests.map(({ PutRequest, DeleteRequest }) => ({
        TableName,
        ...PutRequest,
        ...DeleteRequest,
      })),
    );
    return collectionsOf(store, input, writes);
  }
  const [told] = await collectionsIn(store, input, [input]);
  return told ? { ItemCollectionMetrics: told.collection } : {};
}

/** The same of many writes at once. */
export async function collectionsOf(
  store: Store,
  asked: Pick<Asked, "ReturnItemCollectionMetrics">,
  writes: readonly Write[],
): Promise<Told> {
  const byTable = new Map<string, ItemCollection[]>();
  for (const { table, collection } of await collectionsIn(store, asked, writes)) {
    byTable.set(table, [...(byTable.get(table) ?? []), collection]);
  }
  return byTable.size > 0 ? { ItemCollectionMetrics: Object.fromEntries(byTable) } : {};
}

/** Each collection once. */
async function collectionsIn(
  store: Store,
  { ReturnItemCollectionMetrics: asked }: Pick<Asked, "ReturnItemCollectionMetrics">,
  writes: readonly Write[],
): Promise<{ table: string; collection: ItemCollection }[]> {
  const found = new Map<string, { table: string; collection: ItemCollection }>();
  for (const { TableName: table = "", Item, Key } of asked === "SIZE" ? writes : []) {
    const { KeySchema, LocalSecondaryIndexes = [] } = await tableOf(store, table);
    const [partition] = KeySchema;
    const value = partition && (Item ?? Key)?.[partition.AttributeName];
    if (LocalSecondaryIndexes.length > 0 && value) {
      const ItemCollectionKey = { [partition.AttributeName]: value };
      // No collection of this machine has as much as a gigabyte.
      const collection = { ItemCollectionKey, SizeEstimateRangeGB: [0, 1] as const };
      found.set(JSON.stringify([table, value]), { table, collection });
    }
  }
  return [...found.values()];
}
