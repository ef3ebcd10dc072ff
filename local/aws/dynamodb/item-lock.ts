import { createKey, validateItem, validateKey, type Store, type StoredTable } from "dynalite/db";

import { promised, type CheckedInput } from "./action";
import { errorOf } from "./errors";
import { requireKeySize } from "./index-keys";

/** Where an item is. */
export interface ItemAddress {
  tableName: string;
  /** dynalite's form of the key: the same for `1` and `1.0`. */
  key: string;
}

/**
 * The item that an input is about.
 *
 * @throws AwsError `ResourceNotFoundException`, `ValidationException` when the keys do not fit the
 * table or its indexes.
 */
export async function addressOf(store: Store, input: CheckedInput): Promise<ItemAddress> {
  const { TableName: tableName = "", Item: item, Key = {} } = input;
  const table = await tableOf(store, tableName);
  const invalid = item ? validateItem(item, table) : validateKey(Key, table);
  if (invalid) {
    throw errorOf(invalid);
  }
  requireKeySize(item ?? Key, table);
  return { tableName, key: createKey(item ?? Key, table) };
}

/** @throws AwsError `ResourceNotFoundException`. */
export async function tableOf(store: Store, tableName: string): Promise<StoredTable> {
  return promised((done) => {
    store.getTable(tableName, done);
  });
}

/** Whether all of them are different items. */
export function areDistinct(items: readonly ItemAddress[]): boolean {
  return new Set(items.map(({ tableName, key }) => `${tableName}/${key}`)).size === items.length;
}

/** What runs under locks, by store. */
const underWay = new WeakMap<Store, Set<Promise<unknown>>>();

/** Waits for all that has locks now, or waits for some. */
export async function writesUnderWay(store: Store): Promise<void> {
  await Promise.allSettled([...(underWay.get(store) ?? [])]);
}

/**
 * Runs `body` while nobody else can write the items, which must differ: the locks are those that
 * dynalite itself takes to write.
 */
export async function withLock<Result>(
  store: Store,
  items: readonly ItemAddress[],
  body: () => Promise<Result>,
): Promise<Result> {
  const running = underWay.get(store) ?? new Set<Promise<unknown>>();
  underWay.set(store, running);
  const result = locked(store, items, body);
  running.add(result);
  try {
    return await result;
  } finally {
    running.delete(result);
  }
}

async function locked<Result>(
  store: Store,
  items: readonly ItemAddress[],
  body: () => Promise<Result>,
): Promise<Result> {
  const releases: (() => void)[] = [];
  // Always in the same order: two callers who wait for each other would wait for ever.
  for (const item of items.toSorted(byPlace)) {
    releases.push(await lock(store, item));
  }
  try {
    return await body();
  } finally {
    for (const release of releases) {
      release();
    }
  }
}

async function lock(store: Store, { tableName, key }: ItemAddress): Promise<() => void> {
  return new Promise((resolve) => {
    store.getItemDb(tableName).lock(key, (release) => {
      resolve(release(() => undefined));
    });
  });
}

function byPlace(one: ItemAddress, other: ItemAddress): number {
  return one.tableName.localeCompare(other.tableName) || (one.key < other.key ? -1 : 1);
}
