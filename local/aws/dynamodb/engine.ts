import { create, type Store } from "dynalite/db";

import { act, check } from "./action";
import { readDirectly } from "./direct-reads";
import { addressOf, withLock } from "./item-lock";
import { stageWrite } from "./staged-write";

const itemWrites = new Set(["DeleteItem", "PutItem", "UpdateItem"]);

/** dynalite without its server: it checks neither signatures nor permissions. */
export class Engine {
  readonly store: Store;

  /** @param path folder of the store. A write that was answered survives `kill -9`. */
  constructor(path: string) {
    this.store = create({ path, createTableMs: 0, deleteTableMs: 0 });
    readDirectly(this.store.db);
  }

  async close(): Promise<void> {
    await this.store.db.close();
  }

  /**
   * @param operation such as `PutItem`.
   * @returns the operation's output.
   * @throws AwsError what DynamoDB would answer.
   */
  async call(operation: string, input: object): Promise<object> {
    const checked = check(this.store, operation, input);
    if (!itemWrites.has(operation)) {
      return act(this.store, operation, checked);
    }
    // dynalite itself writes the entries of the indexes before the item, and could die in between,
    // as it can in each write of a BatchWriteItem.
    return withLock(this.store, [await addressOf(this.store, checked)], async () => {
      const { output, item, entries } = await stageWrite(this.store, operation, checked);
      await this.store.db.batch([...item, ...entries]);
      return output;
    });
  }
}
