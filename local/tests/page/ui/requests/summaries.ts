import type { RequestSummary } from "../../../../trace/types";

/** A request as it is listed, but for what a test says. */
export function summaryOf(seq: number, given: Partial<RequestSummary> = {}): RequestSummary {
  return {
    seq,
    id: `request-${seq}`,
    source: "api",
    at: "2030-01-31T12:00:00.000Z",
    method: "GET",
    path: `/prod/images/${seq}`,
    route: "/images/{id}",
    status: 200,
    durationMs: 5,
    requestBytes: 0,
    responseBytes: 10,
    functions: [],
    ...given,
  };
}

/** A function that an invocation was of. */
export function invoked(functionName: string, errorType?: string) {
  return {
    functionName,
    requestId: `${functionName}-1`,
    cold: false,
    durationMs: 3,
    ...(errorType !== undefined && { errorType }),
  };
}
