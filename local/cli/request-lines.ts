import { printable } from "../printable";
import { shortName } from "../short-name";
import type { FunctionSummary, RequestSummary, TraceListener } from "../trace/types";
import type { Printer } from "./printer";

/** Widths of columns in characters. */
const widths = { method: 8, status: 6, duration: 8, minRoute: 12, maxRoute: 32, function: 26 };

/** Least width of a terminal that has room for the path beside the route. */
const minPathColumns = 110;

/** Prints a line for each request that has been answered, and for each attempt of an event. */
export function requestLines(printer: Printer): TraceListener {
  return (event) => {
    if (event.kind === "notice" || event.kind === "begun") {
      return;
    }
    const isEvent = event.source === "event" || event.source === "schedule";
    // Of an event each attempt is told, of which the last may come minutes later.
    if (isEvent === (event.kind === "invoked")) {
      const type = isEvent ? "attempt" : "request";
      const { summary } = event;
      printer.lineSoon(formatRequest(summary, printer), { type, ...summary });
    }
  };
}

/**
 * A request in one line: time, method, route, status, time taken, functions, whether they were cold, and
 * the path where there is room for it.
 */
export function formatRequest(
  summary: RequestSummary,
  { colors, columns }: Pick<Printer, "colors" | "columns">,
): string {
  const { at, method, path, route = path } = summary;
  const start = [
    colors.dim(clockOf(new Date(at))),
    fit(printable(method), widths.method),
    fit(printable(route), routeWidth(columns)),
    statusText(summary, colors),
    durationText(summary),
  ].join(" ");
  const functions = functionText(summary, colors);
  const line = `${start}  ${functions.colored}`;
  const shown = printable(path);
  if (shown === route || (columns !== undefined && columns < minPathColumns)) {
    return line.trimEnd();
  }
  const left = (columns ?? Number.POSITIVE_INFINITY) - lengthUpToPath(columns, functions.text);
  return left < 2 ? line.trimEnd() : `${line}  ${colors.dim(cut(shown, left))}`;
}

function lengthUpToPath(columns: number | undefined, functions: string): number {
  const { method, status, duration } = widths;
  return (
    8 + 1 + method + 1 + routeWidth(columns) + 1 + status + 1 + duration + 2 + functions.length + 2
  );
}

/** What a terminal has beside the other columns and a function's name. */
function routeWidth(columns = Number.POSITIVE_INFINITY): number {
  const { method, status, duration, minRoute, maxRoute } = widths;
  const others = 8 + 1 + method + 1 + 1 + status + 1 + duration + 2 + widths.function;
  return Math.min(maxRoute, Math.max(minRoute, columns - others));
}

function statusText(
  { source, status, functions }: RequestSummary,
  colors: Printer["colors"],
): string {
  if (source === "event" || source === "schedule" || source === "invoke") {
    const { errorType, durationMs } = functions.at(-1) ?? {};
    return errorType === undefined && durationMs !== undefined
      ? colors.green(fit("ok", widths.status))
      : colors.red(fit("failed", widths.status));
  }
  const text = fit(String(status ?? "gone"), widths.status);
  switch (Math.floor((status ?? 0) / 100)) {
    case 2:
      return colors.green(text);
    case 3:
      return colors.cyan(text);
    case 4:
      return colors.yellow(text);
    case 5:
      return colors.red(text);
    default:
      return colors.dim(text);
  }
}

function durationText({ source, durationMs, functions }: RequestSummary): string {
  const isEvent = source === "event" || source === "schedule";
  const taken = isEvent ? functions.at(-1)?.durationMs : durationMs;
  return (taken === undefined ? "" : formatMs(taken)).padStart(widths.duration);
}

function formatMs(ms: number): string {
  return ms < 9999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The functions' names, and whether one of them was cold; of the edge, what its cache did. */
function functionText(
  { source, cache, functions }: RequestSummary,
  colors: Printer["colors"],
): { text: string; colored: string } {
  if (source === "edge") {
    const text = `edge ${(cache ?? "").toLowerCase()}`.trimEnd();
    return { text, colored: colors.dim(text) };
  }
  const shown = source === "event" || source === "schedule" ? functions.slice(-1) : functions;
  if (shown.length === 0) {
    return { text: "-", colored: colors.dim("-") };
  }
  const names = shown.map(({ functionName }) => shortName(functionName)).join(" ");
  const warmth = shown.some(({ cold }: FunctionSummary) => cold) ? "cold" : "warm";
  const color = warmth === "cold" ? colors.yellow : colors.dim;
  return { text: `${names} ${warmth}`, colored: `${names} ${color(warmth)}` };
}

/** Such as `12:03:04`. */
function clockOf(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((each) => String(each).padStart(2, "0"))
    .join(":");
}

/** The text in just so many characters. */
function fit(text: string, width: number): string {
  return cut(text, width).padEnd(width);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
