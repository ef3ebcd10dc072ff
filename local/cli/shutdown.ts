import { isSystemError } from "./user-error";

/** How long an orderly stop may take, in milliseconds. */
const stopTimeoutMs = 2000;

/** Exit code of a process that Ctrl-C ended: 128 + SIGINT. */
export const interruptedExitCode = 130;

/**
 * Aborts at the first Ctrl-C or request to terminate. The process then has two seconds to stop what
 * it started; after that, or at a second Ctrl-C, it ends at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      process.exit(interruptedExitCode);
    }
    controller.abort();
    setTimeout(() => {
      console.error("error: not everything could be stopped in time");
      process.exit(1);
    }, stopTimeoutMs).unref();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, stop);
  }
  endQuietly(controller);
  return controller.signal;
}

/** Whoever reads what is printed may have seen enough, as `head` has: that asks for an end, too. */
function endQuietly(controller: AbortController): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (!isSystemError(error, "EPIPE")) {
        throw error;
      }
      controller.abort();
    });
  }
}

/** Resolves once `signal` aborts. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
  }
}

/** Steps that undo what a start has done. */
export class Shutdown {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /**
   * Takes the steps in reverse order; one that fails does not keep the others from being taken.
   *
   * @throws AggregateError of what failed.
   */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.reverse()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, "Not everything could be stopped.");
    }
  }
}
