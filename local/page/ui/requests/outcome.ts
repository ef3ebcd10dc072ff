import type { RequestSummary, RequestTrace } from "../../../trace/types";

/** Whether it is answered by HTTP, and so by a status. */
export function isOfHttp({ source }: Pick<RequestSummary, "source">): boolean {
  return source === "api" || source === "edge" || source === "url";
}

/** Whether the last function that ran for it has failed, or none could be run; others may have been tried again. */
export function hasFailedAtLast(
  request: Pick<RequestSummary, "functions"> | Pick<RequestTrace, "invocations">,
): boolean {
  if ("functions" in request) {
    const last = request.functions.at(-1);
    return last === undefined || last.errorType !== undefined;
  }
  const last = request.invocations.at(-1);
  return last === undefined || last.error !== undefined;
}
