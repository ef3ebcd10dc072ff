import { capitalized } from "../../../capitalized";
import type { RequestSummary } from "../../../trace/types";
import { formatCount } from "../kit/format";

/** Requests that are listed at most; older ones are left out. */
const maxListed = 500;

/** The list of requests, which goes on while the page is open. */
export interface RequestList {
  /** The newest first, each once. */
  readonly requests: readonly RequestSummary[];
  /** While it is set, the list stands still: what is told goes there. */
  readonly held?: readonly RequestSummary[];
  /** Requests up to this one were cleared away. */
  readonly clearedSeq: number;
}

export type RequestListEvent =
  /** Requests are told of: they began, went on or ended. */
  | { readonly type: "told"; readonly requests: readonly RequestSummary[] }
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  | { readonly type: "cleared" };

export const noRequests: RequestList = { requests: [], clearedSeq: 0 };

/** The list after what has happened. */
export function requestListReducer(list: RequestList, event: RequestListEvent): RequestList {
  switch (event.type) {
    case "told": {
      const fresh = event.requests.filter(({ seq }) => seq > list.clearedSeq);
      return list.held
        ? { ...list, held: merged(list.held, fresh) }
        : { ...list, requests: merged(list.requests, fresh) };
    }
    case "paused":
      return { ...list, held: [] };
    case "resumed": {
      const { held = [], ...others } = list;
      return { ...others, requests: merged(list.requests, held) };
    }
    case "cleared": {
      const seqs = [...list.requests, ...(list.held ?? [])].map(({ seq }) => seq);
      const clearedSeq = Math.max(list.clearedSeq, ...seqs);
      return { ...list, requests: [], clearedSeq, ...(list.held && { held: [] }) };
    }
  }
}

/** How many requests there are, how many of them are shown, and how many came since the list stands still. */
export function countsOf(
  { requests, held }: Pick<RequestList, "requests" | "held">,
  shown: number,
): string {
  const all = formatCount(requests.length, "request");
  const count = requests.length < maxListed ? all : `the last ${all}`;
  const part = shown < requests.length ? `${shown.toLocaleString("en")} of ${count}` : count;
  if (held === undefined) {
    return capitalized(part);
  }
  // Of those that are listed, some may have been told of again.
  const listed = new Set(requests.map(({ seq }) => seq));
  const more = held.filter(({ seq }) => !listed.has(seq)).length;
  return capitalized(`${part}; ${formatCount(more, "more", "more")} since the pause`);
}

/** Those of both, of each what was told last, the newest first. */
function merged(
  known: readonly RequestSummary[],
  told: readonly RequestSummary[],
): readonly RequestSummary[] {
  const bySeq = new Map([...known, ...told].map((request) => [request.seq, request]));
  return [...bySeq.values()].sort((one, other) => other.seq - one.seq).slice(0, maxListed);
}
