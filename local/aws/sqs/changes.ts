/** Lets long polls wait for something to happen. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** Wakes all that wait. */
  announce(): void {
    for (const wake of [...this.#waiting]) {
      wake();
    }
  }

  /** Resolves at the next change, after `milliseconds`, or when `signal` aborts. */
  async next(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
    });
  }
}
