import { randomBytes } from "node:crypto";
import { mkdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isAlive } from "../../is-alive";
import { RecordFolder } from "../record-folder";

interface KnownFolder {
  path: string;
  /** Of the process that made it. */
  pid: number;
}

const prefix = "lambda-";

/**
 * Where functions run: a folder in the machine's temporary one, outside the project, since what an archive lacks must
 * not be found in the project's node_modules.
 *
 * What a process that was killed has left there is removed when the next one starts on the same data.
 */
export class WorkFolder {
  readonly #known: RecordFolder<KnownFolder>;
  #path: string | undefined;

  /** @param recordDir folder for what is known of those that were made, kept over restarts. */
  constructor(recordDir: string) {
    this.#known = new RecordFolder(recordDir);
  }

  /** An absolute path; undefined before it was made. */
  get path(): string | undefined {
    return this.#path;
  }

  async make(): Promise<void> {
    await this.#sweep();
    const path = join(await realpath(tmpdir()), prefix + randomBytes(6).toString("hex"));
    // First, so that none is ever there that is not known.
    this.#known.put(basename(path), { path, pid: process.pid });
    await mkdir(path, { mode: 0o700 });
    this.#path = path;
  }

  async remove(): Promise<void> {
    if (this.#path !== undefined) {
      await rm(this.#path, { recursive: true, force: true });
      this.#known.remove(basename(this.#path));
    }
  }

  /** Removes what belongs to no living process, of what was made for this data. */
  async #sweep(): Promise<void> {
    for (const { path, pid } of this.#known.load()) {
      if (!isAlive(pid)) {
        // Whatever a record says, nothing else is removed than such a folder.
        if (isWorkFolder(path)) {
          await rm(path, { recursive: true, force: true });
        }
        this.#known.remove(basename(path));
      }
    }
  }
}

function isWorkFolder(path: string): boolean {
  return new RegExp(`^${prefix}[\\da-f]{12}$`).test(basename(path));
}
