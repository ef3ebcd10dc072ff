import type { RequestSummary } from "../../../trace/types";

/** Kinds of outcomes that can be filtered by. */
export const statusClasses = ["2xx", "3xx", "4xx", "5xx", "error", "under way"] as const;

export type StatusClass = (typeof statusClasses)[number];

/** Which requests are shown; what is not given leaves all. */
export interface RequestFilter {
  /** Words that are all in method, path, route, id or names of functions. */
  readonly text?: string;
  /** `error`: 4xx, 5xx, and those of which a function failed. */
  readonly status?: StatusClass;
  readonly functionName?: string;
}

/** A status class of an address, if it is one. */
export function readStatusClass(text: string | null): StatusClass | undefined {
  return statusClasses.find((each) => each === text);
}

/** Whether a filter leaves a request. */
export function isShown(request: RequestSummary, filter: RequestFilter): boolean {
  const { text = "", status, functionName } = filter;
  const names = request.functions.map((each) => each.functionName);
  const { method, path, route = "", id, source } = request;
  const all = [method, path, route, id, source, ...names].join(" ").toLowerCase();
  return (
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word)) &&
    (status === undefined || isOf(request, status)) &&
    (functionName === undefined || names.includes(functionName))
  );
}

function isOf(request: RequestSummary, wanted: StatusClass): boolean {
  const { status, durationMs } = request;
  switch (wanted) {
    case "under way":
      return durationMs === undefined;
    case "error":
      return hasFailed(request);
    case "2xx":
    case "3xx":
    case "4xx":
    case "5xx":
      return status !== undefined && `${Math.floor(status / 100)}xx` === wanted;
  }
}

/** Whether a client or an operator would call it a failure. */
export function hasFailed({ status = 0, functions }: RequestSummary): boolean {
  return status >= 400 || functions.some(({ errorType }) => errorType !== undefined);
}

/** The functions that requests have invoked, in alphabetical order. */
export function functionsOf(requests: readonly RequestSummary[]): string[] {
  const names = requests.flatMap(({ functions }) => functions.map((each) => each.functionName));
  return [...new Set(names)].sort();
}
