import type { Done, Level } from "dynalite/db";

/**
 * Makes a database read single values at once, in place of in a thread of its own, once it is open. The
 * way there and back takes far longer than LevelDB does, which has what was read or written of late in
 * memory.
 */
export function readDirectly(db: Level): void {
  const get = db.get.bind(db);
  db.get = ((key: string, done?: Done<unknown> | object) => {
    // While it opens, the database calls itself later, with options.
    if (db.status !== "open" || typeof done !== "function") {
      return get(key, done);
    }
    const [error, value] = read(db, key);
    process.nextTick(done, error, value);
    return undefined;
  }) as Level["get"];
}

function read(db: Level, key: string): [error: unknown, value?: unknown] {
  try {
    return [null, db.getSync(key)];
  } catch (error) {
    return [error];
  }
}
