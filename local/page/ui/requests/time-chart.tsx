import type { RequestTrace } from "../../../trace/types";
import { formatDuration } from "../kit";
import { type TimeBar, timeBarsOf } from "./time-bars";

const kinds: Readonly<Record<TimeBar["kind"], string>> = {
  request: "whole request",
  init: "loading the function",
  handler: "function",
  call: "call of a service",
};

/** What took a request's time, on one axis. */
export function TimeChart({ request }: { request: RequestTrace }) {
  const { totalMs, bars } = timeBarsOf(request);
  return (
    <ol class="time-chart" aria-label={`What took the time of ${formatDuration(totalMs)}`}>
      {bars.map((bar, index) => (
        <li key={index}>
          <span class="time-label" style={{ paddingInlineStart: `${bar.depth}rem` }}>
            {bar.label}
            <span class="read-out">, {kinds[bar.kind]}</span>
          </span>
          <span class="time-track" aria-hidden="true">
            <span
              class={`time-bar time-${bar.kind} ${bar.isFailed ? "time-failed" : ""}`}
              style={{
                insetInlineStart: `${(100 * bar.startMs) / totalMs}%`,
                width: `${(100 * (bar.durationMs ?? totalMs - bar.startMs)) / totalMs}%`,
              }}
            />
          </span>
          <span class="time-value">
            {bar.durationMs === undefined ? "…" : formatDuration(bar.durationMs)}
            <span class="read-out">
              , from {formatDuration(bar.startMs)} on{bar.isFailed && ", failed"}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
