import type { InvocationEnd, InvocationRecord, InvocationStart } from "../aws/recorder";
import { milliseconds } from "./milliseconds";
import type { RecordedCall } from "./recorded-call";
import { withoutSecrets } from "./secrets";
import type { FunctionSummary, InvocationTrace } from "./types";

/** Most characters that are kept of an invocation's log. */
const maxLogLength = 64 * 1024;

/** Most calls of an invocation that are kept. */
const maxCalls = 200;

/** An invocation, as it is kept. */
export class RecordedInvocation implements InvocationRecord {
  readonly #start: Omit<InvocationStart, "request">;
  readonly #startedAt = performance.now();
  readonly #calls: RecordedCall[] = [];
  readonly #onEnd: (invocation: RecordedInvocation) => void;
  #end: InvocationEnd | undefined;
  #logLines: readonly string[] = [];

  /** @param onEnd is called once. */
  constructor(
    { functionName, requestId, traceId, cold }: InvocationStart,
    onEnd: (invocation: RecordedInvocation) => void,
  ) {
    this.#start = { functionName, requestId, traceId, cold };
    this.#onEnd = onEnd;
  }

  get functionName(): string {
    return this.#start.functionName;
  }

  get traceId(): string {
    return this.#start.traceId;
  }

  /** Characters of the log that are kept. */
  get logLength(): number {
    return this.#logLines.reduce((length, line) => length + line.length, 0);
  }

  add(call: RecordedCall): void {
    if (this.#calls.length < maxCalls) {
      this.#calls.push(call);
    }
  }

  end(end?: InvocationEnd): void {
    this.#end = end && { ...end, logLines: [] };
    this.#logLines = firstOf(end?.logLines ?? []);
    this.#onEnd(this);
  }

  forgetLog(): void {
    this.#logLines = [];
  }

  /** @param origin when the request began, as `performance.now()` tells it. */
  view(origin: number): InvocationTrace {
    const { functionName, requestId, cold } = this.#start;
    const { initMs, durationMs, error } = this.#end ?? {};
    return {
      functionName,
      requestId,
      cold,
      ...(initMs !== undefined && { initMs: milliseconds(initMs) }),
      startMs: milliseconds(this.#startedAt - origin),
      ...(durationMs !== undefined && { durationMs: milliseconds(durationMs) }),
      ...(error && {
        error: {
          type: error.type,
          message: withoutSecrets(error.message),
          stack: [...error.stack()],
        },
      }),
      logLines: this.#logLines.map(withoutSecrets),
      calls: this.#calls.map((call) => call.view(origin)),
    };
  }

  summary(): FunctionSummary {
    const { functionName, requestId, cold } = this.#start;
    const { durationMs, error } = this.#end ?? {};
    return {
      functionName,
      requestId,
      cold,
      ...(durationMs !== undefined && { durationMs: milliseconds(durationMs) }),
      ...(error && { errorType: error.type }),
    };
  }
}

/** The lines that fit, and what says that there were more. */
function firstOf(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length) > maxLogLength);
  return end === -1 ? lines : [...lines.slice(0, end), `… ${lines.length - end} more lines`];
}
