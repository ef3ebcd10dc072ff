/**
 * https://github.com/architect/dynalite: what is used here of its insides. Its version is pinned,
 * and the tests of this folder go through all of it.
 */
declare module "dynalite/db" {
  interface StoreOptions {
    /** Folder of the LevelDB store. Default in memory. */
    path?: string;
    /** Milliseconds for which a new table is `CREATING`. Default 500. */
    createTableMs?: number;
    /** Milliseconds for which a deleted table is `DELETING`. Default 500. */
    deleteTableMs?: number;
  }

  type Done<Result> = (error: Error | null, result?: Result) => void;

  /** The entries of one index. */
  interface Entries {
    /** Calls `body` once the key is free; it is locked until what `release` returns is called. */
    lock(key: string, body: (release: (done: () => void) => () => void) => void): void;
    put(key: string, value: object, done: Done<void>): void;
    del(key: string, done: Done<void>): void;
    /** @param range of its own keys. */
    createValueStream(range: object): ValueChunks;
  }

  /** Values in their order, some at a time. */
  type ValueChunks = AsyncIterable<readonly unknown[]>;

  /** The items of one table. */
  interface Items extends Entries {
    get(key: string, done: Done<unknown>): void;
  }

  type BatchOperation = { type: "put"; key: string; value: object } | { type: "del"; key: string };

  interface LevelRange {
    gte: string;
    lt: string;
    /** Default all. */
    limit?: number;
    /** Whether the last keys come first. */
    reverse?: boolean;
    /** Most bytes that are read at a time, but for one value that is longer. Default 16 KB. */
    highWaterMarkBytes?: number;
  }

  interface LevelIterator {
    /** The next ones, so many at most; none at the end. */
    nextv(size: number): Promise<unknown[]>;
    close(): Promise<void>;
  }

  /** LevelDB with JSON values. */
  interface Level {
    /** @param done gets the result, if there is such a function; nothing is returned then. */
    get(key: string, done?: Done<unknown> | object): Promise<unknown>;
    /** @throws Error when the database is not open. */
    getSync(key: string): unknown;
    readonly status: "opening" | "open" | "closing" | "closed";
    /** All of the operations or, when the process ends meanwhile, none. */
    batch(operations: BatchOperation[]): Promise<void>;
    /** With the JSON of each value, as it is stored. */
    iterator(range: LevelRange & { valueEncoding: "utf8" }): AsyncIterable<[string, string]>;
    iterator(range: LevelRange): AsyncIterable<[string, unknown]>;
    keys(range: LevelRange): LevelIterator;
    values(range: LevelRange): LevelIterator;
    /** What queries and scans read by, once `readInChunks` has replaced what gives a stream. */
    createValueStream(range: LevelRange): ValueChunks;
    close(): Promise<void>;
  }

  interface Store {
    db: Level;
    getItemDb(tableName: string): Items;
    /** @param kind `Global` or `Local`, in any case. */
    getIndexDb(kind: string, tableName: string, indexName: string): Entries;
    /** Descriptions of tables, by name. */
    readonly tableDb: Pick<Entries, "del" | "put">;
    getTable: GetTable;
  }

  /**
   * @param isActive whether it is to be there for what works with items: neither still being made, nor being deleted.
   * Default: yes.
   */
  interface GetTable {
    (tableName: string, done: Done<StoredTable>): void;
    (tableName: string, isActive: boolean, done: Done<StoredTable>): void;
  }

  interface KeyElement {
    AttributeName: string;
    KeyType: "HASH" | "RANGE";
  }

  interface StoredIndex {
    IndexName: string;
    KeySchema: readonly KeyElement[];
  }

  /** A table as DescribeTable shows it. */
  interface StoredTable {
    KeySchema: readonly KeyElement[];
    LocalSecondaryIndexes?: readonly object[];
  }

  function create(options: StoreOptions): Store;
  function createKey(item: object, table: StoredTable): string;
  /** @returns what is wrong with the key of an item. */
  function validateKey(key: object, table: StoredTable): Error | null | undefined;
  /** @returns what is wrong with the keys of an item, those of the indexes included. */
  function validateItem(item: object, table: StoredTable): Error | null | undefined;
  /**
   * Bytes, as DynamoDB counts them.
   *
   * @param compress with `addMetaSize`: as it counts them for the size of pages.
   * @param sortKey name of the table's, if there is one.
   */
  function itemSize(
    item: object,
    compress?: boolean,
    addMetaSize?: boolean,
    sortKey?: string,
  ): number;
  /**
   * What Query and Scan come down to once they are checked.
   *
   * @param range of keys.
   * @param isLocal none without an index.
   * @param isPartial whether items have more than the index that is searched, and all is asked for.
   * @param keyNames attributes of the key that the next page begins behind.
   */
  function queryTable(
    store: Store,
    table: StoredTable,
    input: object,
    range: object,
    isLocal: boolean | undefined,
    isPartial: boolean,
    keyNames: readonly string[],
    done: Done<object>,
  ): void;

  /**
   * What becomes of the entries of an item in indexes, by the names of those.
   *
   * @param before and `after`, unless there is none.
   */
  function getIndexActions(
    indexes: readonly object[],
    before: object | undefined,
    after: object | undefined,
    table: StoredTable,
  ): {
    puts: { index: string; key: string; item: object }[];
    deletes: { index: string; key: string }[];
  };

  /** A value as the API has it, such as `{ S: "text" }`. */
  type Value = Readonly<Record<string, unknown>>;

  /** @returns the value at a path into an item; none where there is none. */
  function mapPath(
    path: readonly (string | number)[],
    item: Readonly<Record<string, Value>>,
  ): Value | null | undefined;
  /** @returns the item with these parts alone. */
  function mapPaths(
    paths: readonly unknown[],
    item: Readonly<Record<string, Value>>,
  ): Record<string, Value>;
  /** @param operator of comparisons between texts, numbers or bytes, such as `<`. */
  function compare(operator: string, one: Value, others: readonly Value[]): boolean;
  /** Visits the keys of indexes, until a visit returns something. */
  function traverseIndexes(
    table: StoredTable,
    visit: (name: string, type: string, index: StoredIndex) => void,
  ): void;
}

declare module "dynalite/validations" {
  import type { Store } from "dynalite/db";

  /** @throws Error with `statusCode` and `body`, as the next one does. */
  function checkTypes(input: object, types: object): object;
  function checkValidations(
    input: object,
    types: object,
    custom: (input: object, store: Store) => string | undefined,
    store: Store,
  ): void;
  function toLowerFirst(text: string): string;
}
