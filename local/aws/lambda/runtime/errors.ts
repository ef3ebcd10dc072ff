import type { RuntimeError } from "../protocol";

/** An error that the runtime itself reports. */
export class RuntimeFailure extends Error {
  /** @param name such as `Runtime.HandlerNotFound`. */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** What a function threw, which need not be an error, as Lambda answers it. */
export function toRuntimeError(thrown: unknown): Required<RuntimeError> {
  if (thrown instanceof Error) {
    const trace = (thrown.stack ?? "").split("\n");
    return { errorType: thrown.name, errorMessage: thrown.message, trace };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** The same as it appears in the log. */
export function toLoggedError(thrown: unknown): object {
  const { errorType, errorMessage, trace } = toRuntimeError(thrown);
  return { errorType, errorMessage, stackTrace: trace };
}
