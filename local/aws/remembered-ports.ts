import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The last port of each thing, by its id, kept in a file: URLs handed out go on working. */
export class RememberedPorts {
  readonly #path: string;
  readonly #ports: Record<string, number>;

  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, "utf8") : "{}";
    this.#ports = JSON.parse(text) as Record<string, number>;
  }

  get(id: string): number | undefined {
    return this.#ports[id];
  }

  set(id: string, port: number): void {
    this.#ports[id] = port;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(this.#ports));
  }
}
