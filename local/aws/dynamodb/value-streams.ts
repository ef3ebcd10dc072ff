import { Stream } from "node:stream";
import type { Level, LevelIterator, LevelRange } from "dynalite/db";

/** Values that are read at a time at most. */
const chunkLength = 100;

/** Bytes that are read at a time: when there are so many, the rest waits for the next time. */
const chunkBytes = 64 * 1024;

/**
 * Makes a database read ranges of values in chunks, for queries and scans. dynalite fetches the first value by
 * itself, and takes each through the machinery of a stream.
 */
export function readInChunks(db: Level): void {
  db.createValueStream = (range) => new Values(db, range);
}

/** Emits values, then `end`; as a stream, but for the options that dynalite does not use. */
class Values extends Stream {
  #isDestroyed = false;

  constructor(db: Level, range: LevelRange) {
    super();
    void this.#read(db.values({ ...range, highWaterMarkBytes: chunkBytes }));
  }

  /** Emits nothing more. */
  destroy(): void {
    this.#isDestroyed = true;
  }

  async #read(iterator: LevelIterator): Promise<void> {
    try {
      await this.#emitAll(iterator);
      if (!this.#isDestroyed) {
        this.emit("end");
      }
    } catch (error) {
      this.emit("error", error);
    } finally {
      await iterator.close();
    }
  }

  async #emitAll(iterator: LevelIterator): Promise<void> {
    for (;;) {
      const values = await iterator.nextv(chunkLength);
      for (const value of values) {
        if (this.#isDestroyed) {
          return;
        }
        this.emit("data", value);
      }
      if (values.length === 0) {
        return;
      }
    }
  }
}
