import type { Level } from "dynalite/db";

/**
 * Makes dynalite close the iterators that it reads ranges of keys by, when it has read enough of them: it asks
 * them to `return`, as those of an earlier LevelDB may have. One that stays open holds on to 16 KB of what
 * it has read ahead, and to all that has been deleted or written anew since. Those of values `readInChunks`
 * closes.
 */
export function closeIterators(db: Level): void {
  const open = db.keys.bind(db);
  db.keys = (range) => {
    const iterator = open(range);
    return Object.assign(iterator, { return: async () => iterator.close() });
  };
}
