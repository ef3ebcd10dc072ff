import type { Level, LevelRange } from "dynalite/db";

/** Values that are read at a time at most. */
const chunkLength = 100;

/** Bytes that are read at a time: when there are so many, the rest waits for the next time. */
const chunkBytes = 64 * 1024;

/**
 * Makes a database read ranges of values in chunks, for queries and scans. dynalite fetches the first value by
 * itself, and takes each through the machinery of a stream.
 */
export function readInChunks(db: Level): void {
  db.createValueStream = (range) => chunksOf(db, range);
}

/** Closes what it reads by when nobody wants more. */
async function* chunksOf(db: Level, range: LevelRange): AsyncGenerator<readonly unknown[]> {
  const iterator = db.values({ ...range, highWaterMarkBytes: chunkBytes });
  try {
    let values = await iterator.nextv(chunkLength);
    while (values.length > 0) {
      yield values;
      values = await iterator.nextv(chunkLength);
    }
  } finally {
    await iterator.close();
  }
}
