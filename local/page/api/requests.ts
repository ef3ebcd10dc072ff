import type { Traces } from "../../trace/traces";
import type { RequestSummary } from "../../trace/types";
import { ApiError, notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import { replay } from "../replay";
import type { ReplayAnswer, RequestAnswer, RequestsAnswer } from "./types";

/** What has happened lately. */
type RecentRequests = Pick<Traces, "summaries" | "details" | "replayable" | "subscribe">;

/** Milliseconds within which what happens to requests is told at once. */
const toldMs = 100;

/** Requests: a list, each with all that is known of it, and again. */
export function requestRoutes(traces: RecentRequests): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/requests",
      answer: ({ query }): RequestsAnswer => ({
        requests: traces.summaries(Number(query.get("after") ?? 0)),
      }),
    },
    {
      method: "GET",
      path: "/api/requests/{id}",
      answer: ({ params: { id = "" } }): RequestAnswer => {
        const details = traces.details(id);
        if (details === undefined) {
          throw unknown(id);
        }
        const replayable = traces.replayable(id);
        return { ...details, ...(replayable && { origin: new URL(replayable.url).origin }) };
      },
    },
    {
      method: "POST",
      path: "/api/requests/{id}/replay",
      answer: async ({ params: { id = "" } }): Promise<ReplayAnswer> => {
        const replayable = traces.replayable(id);
        if (replayable === undefined) {
          throw traces.details(id) ? notReplayable() : unknown(id);
        }
        const replayed = await replay(replayable);
        return replayed === undefined ? {} : { id: replayed };
      },
    },
  ];
}

function unknown(id: string): ApiError {
  return notFound(
    `There is no request ${id}, or not any more: the last 500 since the start are kept.`,
  );
}

function notReplayable(): ApiError {
  return new ApiError(
    409,
    "NotReplayable",
    "Only HTTP requests can be sent again, once they have ended, and if all of their body was kept.",
  );
}

/** Tells of what happens to requests: of each the latest, a few times a second at most. */
export function requestEvents(traces: Pick<RecentRequests, "subscribe">): EventSource {
  return (send) => {
    const latest = new Map<number, RequestSummary>();
    let timer: NodeJS.Timeout | undefined;
    const tell = () => {
      timer = undefined;
      send("request", { requests: [...latest.values()] });
      latest.clear();
    };
    const stop = traces.subscribe((event) => {
      if (event.kind === "notice") {
        return;
      }
      const { summary } = event;
      latest.set(summary.seq, summary);
      timer ??= setTimeout(tell, toldMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
}
