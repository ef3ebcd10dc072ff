import { once } from "node:events";
import { isIn } from "./watcher";
import type { ChangeListener } from "./watcher";

export interface ProgramWatchOptions {
  /** @returns takes the listener off again. */
  subscribe: (listener: ChangeListener) => () => void;
  /** Whether a change of this file, an absolute path, may change what the program asks for. */
  isSource: (path: string) => boolean;
  /**
   * Whether what has changed may go live, once that is known. A program that may not is held back, and
   * considered again with each change, of whatever file.
   */
  mayApply: () => Promise<boolean>;
  /** Is told when the program is held back. */
  onHeld: () => void;
  /** Applies the program anew; `signal` says that it has changed again since. It must not fail. */
  apply: (signal: AbortSignal) => Promise<void>;
}

/** Applies a program anew when its sources change: changes during that are for the next time. */
export class ProgramWatch {
  readonly #options: ProgramWatchOptions;
  #unsubscribe = () => {
    // Replaced by the start.
  };
  #superseded = new AbortController();
  #isPending = false;
  #isHeld = false;
  #applying: Promise<void> | undefined;

  constructor(options: ProgramWatchOptions) {
    this.#options = options;
  }

  /** @param changed what has changed since the program was last applied. */
  start(changed: ReadonlySet<string> = new Set()): void {
    this.#unsubscribe = this.#options.subscribe((others) => {
      this.#notice(others);
    });
    this.#notice(changed);
  }

  /** Waits for what is being applied. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#isPending = false;
    this.#superseded.abort();
    await this.#applying;
  }

  #notice(changed: ReadonlySet<string>): void {
    if (this.#isHeld || [...changed].some((path) => this.#options.isSource(path))) {
      this.#isPending = true;
      this.#superseded.abort();
      this.#applying ??= this.#applyAll();
    }
  }

  async #applyAll(): Promise<void> {
    while (this.#isPending) {
      this.#isPending = false;
      this.#superseded = new AbortController();
      await this.#consider(this.#superseded.signal);
    }
    this.#applying = undefined;
  }

  async #consider(signal: AbortSignal): Promise<void> {
    const { mayApply, onHeld, apply } = this.#options;
    const superseded = once(signal, "abort").then(() => undefined);
    const verdict = await Promise.race([mayApply(), superseded]);
    if (verdict === false && !this.#isHeld) {
      onHeld();
    }
    this.#isHeld = verdict === undefined ? this.#isHeld : !verdict;
    if (verdict === true) {
      await apply(signal);
    }
  }
}

/** Files that decide what a program asks for. */
export interface ProgramSources {
  /** Absolute paths of what its process has loaded last. */
  loaded: ReadonlySet<string>;
  /** Absolute paths of `Pulumi.yaml` and the stack's config. */
  settings: ReadonlySet<string>;
  /** The folder of its policy pack. */
  packDir: string;
  /** The folder of the program. */
  programDir: string;
  /** Whether its last run has failed, so that more than it has loaded may matter. */
  hasFailed: boolean;
}

/** Programs write JavaScript, such as bundles, of which a change must not start the next run. */
const code = /\.[cm]?tsx?$/;

/** Whether a change of a file may change what a program asks for. */
export function isProgramSource(path: string, sources: ProgramSources): boolean {
  const { loaded, settings, packDir, programDir, hasFailed } = sources;
  // Modules of Node.js's own kind are in no cache that could be looked into.
  const isLoaded = (loaded.size === 0 || hasFailed) && isIn(programDir, path) && code.test(path);
  return (
    loaded.has(path) || settings.has(path) || isLoaded || (isIn(packDir, path) && code.test(path))
  );
}
