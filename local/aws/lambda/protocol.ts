/** Messages between Lambda and the processes that run functions, over Node's IPC channel. */

/** Runs the handler once. A process is sent one invocation at a time. */
export interface Invocation {
  requestId: string;
  /** JSON text. */
  payload: string;
  /** JSON text. */
  clientContext?: string | undefined;
  /** Milliseconds since the epoch. */
  deadline: number;
  /** As the function was invoked: with its version or alias, if one was named. */
  functionArn: string;
  /** Value of `_X_AMZN_TRACE_ID`. */
  traceId: string;
}

/** An error as the Node.js runtime reports it. */
export interface RuntimeError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
  /** What a promise was rejected with that nobody has handled. It is logged, and no caller is told. */
  reason?: RuntimeError;
}

/** Sent once, when the handler is loaded. */
export interface Ready {
  kind: "ready";
}

/**
 * Begins the lines in which the runtime logs what it reports as an {@link Answer}, too. It is taken off before they are
 * written to the log.
 */
export const failureMark = "\u0000failure\u0000";

/** What came of an invocation, or of loading the handler if that fails. */
export type Answer =
  | {
      kind: "result";
      /** JSON text. */
      payload: string;
      maxMemoryMb: number;
    }
  | { kind: "error"; error: RuntimeError; maxMemoryMb: number }
  | { kind: "crash"; /** The process ends itself after this. */ error: RuntimeError };
