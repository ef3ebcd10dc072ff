import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { readJson, writeJson } from "./files";

/** The last port of each thing, by its id, kept in a file: URLs handed out go on working. */
export class RememberedPorts {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  get(id: string): number | undefined {
    return this.#read()[id];
  }

  set(id: string, port: number): void {
    const ports = this.#read();
    if (ports[id] !== port) {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeJson(this.#path, { ...ports, [id]: port });
    }
  }

  /** Each time: others may remember ports in the same file. */
  #read(): Record<string, number> {
    return existsSync(this.#path) ? (readJson(this.#path) as Record<string, number>) : {};
  }
}
