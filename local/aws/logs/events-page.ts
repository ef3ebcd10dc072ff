import type { AwsError } from "../aws-error";

/** A part of a stream, and the tokens for what comes after it and before it. */
export interface EventsPage<Event> {
  items: readonly Event[];
  forward: string;
  backward: string;
}

/** What GetLogEvents asks for. */
export interface EventsRequest {
  startFromHead: boolean;
  limit: number;
  token: string | undefined;
}

/**
 * One page of a stream. At an end, the token is the one that was given: a client that follows a stream
 * asks with it again.
 *
 * @param invalid how a token is refused that was never given.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export function eventsPage<Event extends { position: number }>(
  events: readonly Event[],
  { startFromHead, limit, token }: EventsRequest,
  invalid: () => AwsError,
): EventsPage<Event> {
  const { place, goesForward } =
    token === undefined
      ? { place: startFromHead ? 0 : Number.MAX_SAFE_INTEGER, goesForward: startFromHead }
      : placeOf(token, invalid);
  const items = goesForward
    ? events.filter(({ position }) => position >= place).slice(0, limit)
    : events.filter(({ position }) => position < place).slice(-limit);
  const end = events.at(-1)?.position ?? -1;
  const first = items[0]?.position ?? Math.min(place, end + 1);
  const last = items.at(-1)?.position ?? first - 1;
  return { items, forward: `f/${padded(last + 1)}`, backward: `b/${padded(first)}` };
}

/** Tokens name a place in the file, so that events that have come since do not move it. */
function placeOf(token: string, invalid: () => AwsError): { place: number; goesForward: boolean } {
  const [, direction, text] = /^([fb])\/(\d{1,56})$/.exec(token) ?? [];
  if (direction === undefined) {
    throw invalid();
  }
  return { place: Number(text), goesForward: direction === "f" };
}

function padded(place: number): string {
  return String(place).padStart(56, "0");
}
