import type { Deployment } from "./deployment";

/**
 * The creation of what a program has registered, while its process lives if it has hooks, which are
 * functions of it.
 */
export class HookedCreation {
  /** Fulfilled when the program's process has ended; to be set once it runs. */
  exited: Promise<unknown> = Promise.resolve();
  readonly #deployment: Deployment;
  readonly #ended: Promise<void>;
  #end = () => {
    // Replaced at once.
  };

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /**
   * Creates all, and waits for the program's end, by which all that hooks print is known.
   *
   * @throws RunFailed after the failure has been reported.
   */
  async run(): Promise<void> {
    await this.#deployment.create().finally(this.#end);
    if (this.#hasHooks) {
      await this.exited;
    }
  }

  /**
   * Waits as long as hooks may be called.
   *
   * @param used what may still run this creation.
   */
  async needsProgram(used: Promise<unknown>): Promise<void> {
    if (this.#hasHooks) {
      await Promise.race([this.#ended, used.catch(() => undefined)]);
    }
  }

  get #hasHooks(): boolean {
    return !this.#deployment.judgeOnly && !this.#deployment.hooks.isEmpty;
  }
}
