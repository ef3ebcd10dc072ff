import { hasFailedAtLast, isOfHttp } from "./outcome";
import type { CallTrace, InvocationTrace, RequestTrace } from "../../../trace/types";

/** What took a part of a request's time. */
export interface TimeBar {
  readonly kind: "request" | "init" | "handler" | "call";
  readonly label: string;
  /** Milliseconds since the request's start. */
  readonly startMs: number;
  /** Milliseconds; `undefined` while it is under way. */
  readonly durationMs?: number;
  /** How deep it is in what it is a part of. */
  readonly depth: number;
  readonly isFailed: boolean;
}

/** What took the time of a request, in the order in which it began, and how long the axis is. */
export interface TimeBars {
  /** Milliseconds. */
  readonly totalMs: number;
  readonly bars: readonly TimeBar[];
}

/** The bars of a request on one axis: the whole of it, loading of functions, functions, their calls. */
export function timeBarsOf(request: RequestTrace): TimeBars {
  const { method, path, route, durationMs, status = 0, invocations } = request;
  const isFailed = isOfHttp(request) ? status >= 500 : hasFailedAtLast(request);
  const bars: TimeBar[] = [
    {
      kind: "request",
      label: `${method} ${route ?? path}`,
      startMs: 0,
      durationMs,
      depth: 0,
      isFailed,
    },
    ...invocations.flatMap(barsOfInvocation),
  ];
  // An event's function may go on after the request that it was sent with.
  const ends = bars.map((bar) => bar.startMs + (bar.durationMs ?? 0));
  return { totalMs: Math.max(...ends, Number.EPSILON), bars };
}

function barsOfInvocation(invocation: InvocationTrace): TimeBar[] {
  const { functionName, startMs, initMs, durationMs, error, calls } = invocation;
  const init: TimeBar[] =
    initMs === undefined
      ? []
      : [
          {
            kind: "init",
            label: `${functionName}: loaded`,
            startMs,
            durationMs: initMs,
            depth: 1,
            isFailed: false,
          },
        ];
  const handler: TimeBar = {
    kind: "handler",
    label: functionName,
    startMs: startMs + (initMs ?? 0),
    durationMs,
    depth: 1,
    isFailed: error !== undefined,
  };
  return [...init, handler, ...calls.map(barOfCall)];
}

function barOfCall(call: CallTrace): TimeBar {
  const { service, operation, startMs, durationMs } = call;
  return {
    kind: "call",
    label: `${service}:${operation}`,
    startMs,
    durationMs,
    depth: 2,
    isFailed: graveness(call) === "bad",
  };
}

/**
 * How grave what came of a call is: `bad` where it was not allowed, or the service failed; `warning` where
 * the service said no, as functions may well expect, of a condition for one.
 */
export function graveness({
  status = 200,
  errorCode,
  decision,
}: CallTrace): "good" | "warning" | "bad" {
  if (decision === "denied" || status >= 500) {
    return "bad";
  }
  return errorCode !== undefined || status >= 400 ? "warning" : "good";
}
