import type { RequestSummary, RequestTrace } from "../../../trace/types";
import { Badge, type Tone } from "../kit";
import { hasFailedAtLast, isOfHttp } from "./outcome";

/** What came of a request; of what is no HTTP request, `ok` or `failed`, as in the terminal. */
export function StatusBadge(request: RequestSummary | RequestTrace) {
  const { status, durationMs } = request;
  if (durationMs === undefined) {
    return <Badge tone="accent">under way</Badge>;
  }
  if (isOfHttp(request) || (status !== undefined && status >= 400)) {
    return status === undefined ? (
      <Badge>gone</Badge>
    ) : (
      <Badge tone={toneOf(status)}>{status}</Badge>
    );
  }
  return hasFailedAtLast(request) ? (
    <Badge tone="bad">failed</Badge>
  ) : (
    <Badge tone="good">ok</Badge>
  );
}

/** How grave a status is. */
function toneOf(status: number): Tone {
  if (status >= 500) {
    return "bad";
  }
  if (status >= 400) {
    return "warning";
  }
  return status >= 300 ? "neutral" : "good";
}
