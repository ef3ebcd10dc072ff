import type { InvokeResult } from "../types";
import type { FunctionSettings } from "./function-definition";
import { limits } from "./limits";
import type { RuntimeError } from "./protocol";
import type { Outcome } from "./runtime-process";

/** What the caller of a function gets, and the error in it, if any. */
export interface FunctionResponse extends InvokeResult {
  error?: RuntimeError;
  /** `$LATEST` or a number. Absent for an event that was queued. */
  executedVersion?: string;
}

/** Turns what came of an invocation into what Lambda answers. */
export function responseOf(
  outcome: Outcome,
  requestId: string,
  settings: FunctionSettings,
): FunctionResponse {
  const error = errorOf(outcome, requestId, settings);
  if (error !== undefined) {
    const payload = JSON.stringify({ ...error, reason: undefined });
    return { statusCode: 200, functionError: "Unhandled", payload, error };
  }
  return { statusCode: 200, payload: outcome.kind === "result" ? outcome.payload : "null" };
}

/** The stack of what has failed in the function's own code. */
export function traceOf({ reason, trace = [] }: RuntimeError): readonly string[] {
  return reason?.trace ?? trace;
}

function errorOf(
  outcome: Outcome,
  requestId: string,
  settings: FunctionSettings,
): RuntimeError | undefined {
  switch (outcome.kind) {
    case "result":
      return overrun(outcome.maxMemoryMb, requestId, settings) ?? oversize(outcome.payload);
    case "error":
      return overrun(outcome.maxMemoryMb, requestId, settings) ?? outcome.error;
    case "crash":
      return outcome.error;
    case "timeout":
      return {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${settings.timeoutSeconds.toFixed(2)} seconds`,
      };
    case "exit":
      return {
        errorType: "Runtime.ExitError",
        errorMessage: `RequestId: ${requestId} Error: ${describeExit(outcome.code, outcome.signal)}`,
      };
  }
}

/**
 * AWS kills a function in the moment in which it uses more than its memory. Here only V8's heap is
 * bounded so; the rest, such as buffers, is found out at the end of the invocation.
 */
function overrun(
  maxMemoryMb: number,
  requestId: string,
  settings: FunctionSettings,
): RuntimeError | undefined {
  return maxMemoryMb > settings.memoryMb
    ? {
        errorType: "Runtime.OutOfMemory",
        errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
      }
    : undefined;
}

function oversize(payload: string): RuntimeError | undefined {
  return Buffer.byteLength(payload) > limits.responseBytes
    ? {
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage: `Response payload size exceeded maximum allowed payload size (${limits.responseBytes} bytes).`,
      }
    : undefined;
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) {
    const names: Partial<Record<NodeJS.Signals, string>> = {
      SIGABRT: "aborted",
      SIGKILL: "killed",
      SIGSEGV: "segmentation fault",
      SIGTERM: "terminated",
    };
    return `Runtime exited with error: signal: ${names[signal] ?? signal}`;
  }
  return code === 0 || code === null
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: exit status ${code}`;
}

/** The result of an invocation, with what Lambda tells in headers. */
export interface LambdaResult extends FunctionResponse {
  requestId: string;
  /** The last 4 KB of the log; empty for an event. */
  logTail: string;
}
