import type { RuntimeError } from "../protocol";

/** An error that the runtime itself reports. */
export class RuntimeFailure extends Error {
  /** @param name such as `Runtime.HandlerNotFound`. */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A promise was rejected, and nobody has handled it. */
export class UnhandledRejection extends RuntimeFailure {
  /** What it was rejected with. */
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("Runtime.UnhandledPromiseRejection", String(reason));
    this.reason = reason;
  }
}

/** What a function threw, which need not be an error, as Lambda answers it. */
export function toRuntimeError(thrown: unknown): RuntimeError {
  if (thrown instanceof Error) {
    const trace = (thrown.stack ?? "").split("\n");
    const { name: errorType, message: errorMessage } = thrown;
    return thrown instanceof UnhandledRejection
      ? { errorType, errorMessage, trace, reason: toRuntimeError(thrown.reason) }
      : { errorType, errorMessage, trace };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** The same as it appears in the log. */
export function toLoggedError(thrown: unknown): object {
  return logged(toRuntimeError(thrown));
}

function logged({ errorType, errorMessage, trace, reason }: RuntimeError): object {
  const error = { errorType, errorMessage, stackTrace: trace };
  return reason ? { ...error, reason: logged(reason) } : error;
}
