import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { namesIn, readJson, sweep, writeJson } from "./files";

/**
 * A folder of JSON files, one for each record. What was put survives the end of the process at any
 * moment; see {@link writeJson}.
 */
export class RecordFolder<Item> {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Reads all records, and removes what an interrupted write left.
   *
   * @throws DamagedFileError when one is no JSON.
   */
  load(): Item[] {
    sweep(this.#folder, (name) => name.endsWith(".json"));
    return namesIn(this.#folder).map((name) => readJson(join(this.#folder, name)) as Item);
  }

  /** @param id such as a UUID: it becomes the name of a file. */
  put(id: string, item: Item): void {
    writeJson(this.#file(id), item);
  }

  has(id: string): boolean {
    return existsSync(this.#file(id));
  }

  remove(id: string): void {
    rmSync(this.#file(id), { force: true });
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
