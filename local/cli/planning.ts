import type { Display } from "./display";

/** The program has changed again before its run had changed anything. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
}

export interface PlanningOptions {
  display: Pick<Display, "line">;
  /** Stops the run. */
  signal: AbortSignal;
  /** Ends it before it has changed anything. Default: nothing does. */
  superseded?: AbortSignal;
}

/** After so many seconds it is said that the program is still run; then each time after twice as many. */
const firstSeconds = 15;

/**
 * The part of a run that has changed nothing yet, and which the program's next change ends. A program that takes long
 * prints nothing by itself until its end: that it is being run is said from time to time.
 */
export class Planning {
  /** Stops the run. */
  readonly signal: AbortSignal;
  readonly #options: PlanningOptions;
  readonly #controller = new AbortController();
  readonly #stop = () => {
    this.#controller.abort();
  };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlanningOptions) {
    const { signal, superseded } = options;
    this.#options = options;
    this.signal = AbortSignal.any([signal, this.#controller.signal]);
    if (superseded?.aborted) {
      this.#stop();
    }
    superseded?.addEventListener("abort", this.#stop);
    this.#tellAfter(firstSeconds, 0);
  }

  /** The program has said what it asks for. */
  found(): void {
    clearTimeout(this.#timer);
  }

  /**
   * From now on, the run goes on to its end.
   *
   * @throws SupersededError when it was ended.
   */
  commit(): void {
    this.requireCurrent();
    this.end();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#options.superseded?.removeEventListener("abort", this.#stop);
  }

  /** @throws SupersededError when it was ended. */
  requireCurrent(): void {
    if (this.#controller.signal.aborted) {
      throw new SupersededError("the program has changed again");
    }
  }

  #tellAfter(seconds: number, told: number): void {
    const tell = () => {
      this.#options.display.line(`The program has been running for ${seconds} s`);
      this.#tellAfter(2 * seconds, seconds);
    };
    this.#timer = setTimeout(tell, (seconds - told) * 1000).unref();
  }
}
