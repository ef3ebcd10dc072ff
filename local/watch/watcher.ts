import { lstatSync, readdirSync, watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { join, sep } from "node:path";
import { isSystemError } from "../cli/user-error";

/** What is watched, and how. */
export interface WatcherOptions {
  /** An absolute path. */
  folder: string;
  /** Absolute paths of folders in it that are not watched. `@default` none */
  ignored?: readonly string[];
  /** Changes are delivered once there was none for so many milliseconds. `@default` 50 */
  quietMs?: number;
  /** While changes go on, they are delivered after so many milliseconds. `@default` 500 */
  longestMs?: number;
  /** Is told, once, why not all can be watched. */
  onError: (error: Error) => void;
}

/**
 * Gets absolute paths of files that were written, made, renamed or removed, and of folders that were
 * made or removed: of what a removed folder held, nothing else tells.
 */
export type ChangeListener = (changed: ReadonlySet<string>) => void;

/**
 * Watches a folder and all that is in it, but not what it ignores, `node_modules`, whatever begins with
 * a dot, and what symbolic links lead to. Keeps no process alive.
 *
 * One watch for each folder, as the system has it: those that Node.js and libraries offer for whole
 * trees make one for each file on Linux, take several times as long to start, and cannot leave out
 * `node_modules` before they have read it.
 */
export class Watcher {
  readonly #options: Required<WatcherOptions>;
  readonly #folders = new Map<string, FSWatcher>();
  readonly #listeners = new Set<ChangeListener>();
  readonly #ignored: Set<string>;
  #changed = new Set<string>();
  #firstAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #hasFailed = false;

  constructor(options: WatcherOptions) {
    this.#options = { ignored: [], quietMs: 50, longestMs: 500, ...options };
    this.#ignored = new Set(this.#options.ignored);
  }

  /** Watches from now on. */
  start(): void {
    this.#watchTree(this.#options.folder, false);
  }

  /** Gives up all watches; nothing is delivered any more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#forgetTree(this.#options.folder);
  }

  /** @returns takes the listener off again. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** No longer watches `folder`, an absolute path. */
  ignore(folder: string): void {
    this.#ignored.add(folder);
    this.#forgetTree(folder);
    for (const path of this.#changed) {
      if (isIn(folder, path)) {
        this.#changed.delete(path);
      }
    }
  }

  /** @param isNew whether all that is in the folder counts as changed. */
  #watchTree(folder: string, isNew: boolean): void {
    try {
      // Before it is read, so that nothing is missed that comes in between.
      this.#watch(folder);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (this.#isIgnored(path, entry.name)) {
          continue;
        }
        if (isNew) {
          this.#note(path);
        }
        if (entry.isDirectory()) {
          this.#watchTree(path, isNew);
        }
      }
    } catch (error) {
      if (!isSystemError(error, "ENOENT", "ENOTDIR")) {
        this.#fail(error as Error);
      }
    }
  }

  #watch(folder: string): void {
    const watcher = watch(folder, { persistent: false }, (event, name) => {
      if (name !== null && this.#folders.get(folder) === watcher) {
        this.#notice(event, join(folder, name), name);
      }
    });
    watcher.on("error", (error) => {
      this.#forgetTree(folder);
      // On Windows, that is how the end of a folder shows.
      if (!isSystemError(error, "EPERM", "ENOENT")) {
        this.#fail(error);
      }
    });
    this.#folders.set(folder, watcher);
  }

  #notice(event: string, path: string, name: string): void {
    if (this.#isIgnored(path, name)) {
      return;
    }
    if (event === "rename") {
      // Another folder may have the name now; its old watch would go on, wherever the folder is.
      this.#forgetTree(path);
      if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
        this.#watchTree(path, true);
      }
    }
    this.#note(path);
  }

  #note(path: string): void {
    const { quietMs, longestMs } = this.#options;
    const now = Date.now();
    if (this.#changed.size === 0) {
      this.#firstAt = now;
    }
    this.#changed.add(path);
    const waitMs = Math.max(0, Math.min(quietMs, this.#firstAt + longestMs - now));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#deliver();
    }, waitMs).unref();
  }

  #deliver(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    if (changed.size > 0) {
      for (const listener of [...this.#listeners]) {
        listener(changed);
      }
    }
  }

  #isIgnored(path: string, name: string): boolean {
    return (
      this.#isStopped || name.startsWith(".") || name === "node_modules" || this.#ignored.has(path)
    );
  }

  #forgetTree(folder: string): void {
    for (const [path, watcher] of this.#folders) {
      if (isIn(folder, path)) {
        watcher.close();
        this.#folders.delete(path);
      }
    }
  }

  #fail(error: Error): void {
    if (!this.#hasFailed && !this.#isStopped) {
      this.#hasFailed = true;
      this.#options.onError(error);
    }
  }
}

/** Whether `path` is `folder` or in it. */
export function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
