import type { Done, Store, StoredTable } from "dynalite/db";

/**
 * Makes a store keep the descriptions of its tables in memory, for what works with items: dynalite reads and parses
 * one from the database for each item that it reads or writes, and some times for each that it writes. Who asks for
 * a table that is being made or deleted, too, as descriptions do, reads it as before.
 */
export function keepTables(store: Store): void {
  const { getTable, tableDb } = store;
  const put = tableDb.put.bind(tableDb);
  const del = tableDb.del.bind(tableDb);
  const kept = new Map<string, StoredTable>();
  /** Writes of tables so far: what was read before one is not kept after it. */
  let writes = 0;
  const forgetting =
    (name: string, done: Done<void>): Done<void> =>
    (error) => {
      writes += 1;
      kept.delete(name);
      done(error);
    };
  tableDb.put = (name, table, done) => {
    put(name, table, forgetting(name, done));
  };
  tableDb.del = (name, done) => {
    del(name, forgetting(name, done));
  };
  const getActive = (name: string, done: Done<StoredTable>): void => {
    const table = kept.get(name);
    if (table) {
      process.nextTick(done, null, table);
      return;
    }
    const begun = writes;
    getTable(name, (error, read) => {
      if (read && begun === writes) {
        kept.set(name, read);
      }
      done(error, read);
    });
  };
  store.getTable = (name: string, ...rest: [boolean, Done<StoredTable>] | [Done<StoredTable>]) => {
    if (rest.length === 1) {
      getActive(name, ...rest);
    } else {
      getTable(name, ...rest);
    }
  };
}
