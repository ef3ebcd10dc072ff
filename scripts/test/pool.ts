import { type ScriptResult, runScript } from "./script";
import type { Unit } from "./units";
import { type FileResult, Worker, type WorkerOptions } from "./worker";

/** What runs units, and whom it tells. */
export interface PoolOptions extends WorkerOptions {
  /** How many processes run at a time. */
  jobs: number;
  /** Stops all. */
  signal: AbortSignal;
  onFile: (result: FileResult) => void;
  onScript: (result: ScriptResult) => void;
  /** Gets what is wrong beside tests that failed. */
  onProblem: (problem: string) => void;
}

/** What is run at a time: specs, or a script of `package.json`. */
export type Work = Unit | { script: string };

/** Runs all in processes of their own, in their order, several at a time. */
export async function runAll(work: readonly Work[], options: PoolOptions): Promise<void> {
  const queue = [...work];
  const slots = Array.from({ length: options.jobs }, () => new Slot(options).run(queue));
  await Promise.all(slots);
}

/** Runs one at a time. */
class Slot {
  readonly #options: PoolOptions;
  #worker: Worker | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async run(queue: Work[]): Promise<void> {
    const { signal, onScript } = this.#options;
    const stop = () => void this.#worker?.kill();
    signal.addEventListener("abort", stop);
    for (let work = queue.shift(); work && !signal.aborted; work = queue.shift()) {
      if ("script" in work) {
        onScript(await runScript(work.script, signal));
      } else {
        await this.#runUnit(work);
      }
    }
    await this.#end();
    signal.removeEventListener("abort", stop);
  }

  async #runUnit({ files, isAlone }: Unit): Promise<void> {
    if (isAlone) {
      await this.#end();
    }
    for (const file of files) {
      await this.#runFile(file);
    }
    if (isAlone) {
      await this.#end();
    }
  }

  async #runFile(file: string): Promise<void> {
    if (this.#options.signal.aborted) {
      return;
    }
    if (this.#worker?.isUsable === false) {
      await this.#end();
    }
    this.#worker ??= new Worker(this.#options);
    this.#options.onFile(await this.#worker.run(file));
  }

  async #end(): Promise<void> {
    const problems = await this.#worker?.end();
    this.#worker = undefined;
    problems?.forEach(this.#options.onProblem);
  }
}
