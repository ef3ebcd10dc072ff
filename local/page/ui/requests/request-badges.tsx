import type { RequestSummary } from "../../../trace/types";
import { Badge, type Tone } from "../kit";

/** What came of a request. */
export function StatusBadge({ status, durationMs }: Pick<RequestSummary, "status" | "durationMs">) {
  if (durationMs === undefined) {
    return <Badge tone="accent">under way</Badge>;
  }
  return status === undefined ? <Badge>done</Badge> : <Badge tone={toneOf(status)}>{status}</Badge>;
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
