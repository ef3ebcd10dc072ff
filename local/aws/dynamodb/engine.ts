import { create, type Store } from "dynalite/db";

import { act, check, type CheckedInput } from "./action";
import { batchGet, getItem, type BatchGet } from "./batch-get";
import { batchAddresses } from "./batch-addresses";
import { changeIndexes } from "./change-indexes";
import { closeIterators } from "./closing-iterators";
import { readDirectly } from "./direct-reads";
import { collectionsOfWrite } from "./item-collections";
import { replaceIndexUpdates } from "./index-entries";
import { addressOf, withLock, type ItemAddress } from "./item-lock";
import { mendConditionParser } from "./condition-parser";
import { keepTables } from "./kept-tables";
import { replaceQueries } from "./query-table";
import { withIndexCapacity } from "./index-capacity";
import { stageWrite } from "./staged-write";
import type { UserIdentity } from "./streams/stream";
import { StreamLog, type StreamLogOptions } from "./streams/stream-log";
import type { TableDefinition } from "./table-definition";
import { readInChunks } from "./value-chunks";

/** What finds the items that an operation writes. */
type AddressesOf = (store: Store, input: CheckedInput) => Promise<ItemAddress[]>;

const one: AddressesOf = async (store, input) => [await addressOf(store, input)];

const writes: Readonly<Record<string, AddressesOf>> = {
  BatchWriteItem: batchAddresses,
  DeleteItem: one,
  PutItem: one,
  UpdateItem: one,
};

const others = [
  "BatchGetItem",
  "CreateTable",
  "DeleteTable",
  "DescribeTable",
  "GetItem",
  "ListTables",
  "Query",
  "Scan",
];

/** dynalite without its server: it checks neither signatures nor permissions. */
export class Engine {
  readonly store: Store;
  /** The records of what changes items. */
  readonly streams: StreamLog;

  /** @param path folder of the store. A write that was answered survives `kill -9`. */
  constructor(path: string, options: Omit<StreamLogOptions, "db">) {
    this.store = create({ path, createTableMs: 0, deleteTableMs: 0 });
    readDirectly(this.store.db);
    closeIterators(this.store.db);
    readInChunks(this.store.db);
    replaceQueries();
    mendConditionParser();
    replaceIndexUpdates();
    keepTables(this.store);
    this.streams = new StreamLog({ ...options, db: this.store.db });
  }

  async open(): Promise<void> {
    await this.streams.open();
  }

  async close(): Promise<void> {
    await this.store.db.close();
  }

  /**
   * Checks an input as far as that goes without looking at the table; those of transactions are not
   * checked.
   *
   * @throws AwsError `ValidationException`.
   */
  check(operation: string, input: object): void {
    if (Object.hasOwn(writes, operation) || others.includes(operation)) {
      check(this.store, operation, input);
    }
  }

  /** Gives a table that is there the global indexes of its definition; see {@link changeIndexes}. */
  async changeIndexes(definition: TableDefinition): Promise<void> {
    await changeIndexes(this.store, definition);
  }

  /**
   * @param operation such as `PutItem`.
   * @param by who performs it. Default: a caller of the API.
   * @returns the operation's output.
   * @throws AwsError what DynamoDB would answer.
   */
  async call(operation: string, input: object, by?: UserIdentity): Promise<object> {
    const checked = check(this.store, operation, input);
    if (operation === "BatchGetItem") {
      return batchGet(this.store, input as BatchGet, checked as object as BatchGet);
    }
    if (operation === "GetItem") {
      return getItem(this.store, checked);
    }
    const addressesOf = writes[operation];
    if (addressesOf === undefined) {
      return act(this.store, operation, checked);
    }
    // dynalite itself writes the entries of the indexes before the item, and could die in between.
    return withLock(this.store, await addressesOf(this.store, checked), async () => {
      const staged = await stageWrite(this.store, operation, checked);
      const { output, item, entries, changes } = await withIndexCapacity(
        this.store,
        checked,
        staged,
      );
      const told = changes.map((change) => ({ ...change, by }));
      await this.streams.commit([...item, ...entries], told);
      return { ...output, ...(await collectionsOfWrite(this.store, checked)) };
    });
  }
}
