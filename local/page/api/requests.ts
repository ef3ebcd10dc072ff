import type { Traces } from "../../trace/traces";
import { shownText } from "../../trace/bodies";
import type { RequestSummary } from "../../trace/types";
import { isObject } from "../../is-object";
import { ApiError, notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import { replay } from "../replay";
import type { ReplayAnswer, RequestAnswer, RequestsAnswer } from "./types";

/** What has happened lately. */
type RecentRequests = Pick<Traces, "summaries" | "details" | "replayable" | "subscribe">;

/** Milliseconds within which what happens to requests is told at once. */
const toldMs = 100;

/** Keeps out of a text what is known to be secret, wherever it stands. */
export type Redact = (text: string) => string;

/**
 * Requests: a list, each with all that is known of it, and again.
 *
 * @param redact knows the stack's secrets. What looks like one is masked in traces already.
 */
export function requestRoutes(traces: RecentRequests, redact: Redact): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/requests",
      answer: ({ query }): RequestsAnswer => ({
        requests: traces
          .summaries(Number(query.get("after") ?? 0))
          .map((summary) => redacted(summary, redact)),
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
        const origin = replayable && new URL(replayable.url).origin;
        const { requestBody: body } = details;
        return {
          ...redacted(details, redact),
          ...(body?.text !== undefined && {
            requestBody: { ...body, ...shownText(body.text, redact) },
          }),
          ...(origin !== undefined && { origin }),
        };
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

/** Ids stay, as they lead to what they name. */
function redacted<Value extends { id: string }>(value: Value, redact: Redact): Value {
  return { ...redactedIn(value, redact), id: value.id };
}

function redactedIn<Value>(value: Value, redact: Redact): Value {
  const shown: unknown =
    typeof value === "string"
      ? redact(value)
      : Array.isArray(value)
        ? value.map((each: unknown) => redactedIn(each, redact))
        : isObject(value)
          ? Object.fromEntries(
              Object.entries(value).map(([name, each]) => [name, redactedIn(each, redact)]),
            )
          : value;
  return shown as Value;
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
export function requestEvents(
  traces: Pick<RecentRequests, "subscribe">,
  redact: Redact,
): EventSource {
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
      latest.set(summary.seq, redacted(summary, redact));
      timer ??= setTimeout(tell, toldMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
}
