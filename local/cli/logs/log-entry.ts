import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";

/** What was logged at once: one line, and those that continue it, such as a stack. */
export interface LogEntry {
  /** Name of the log group. */
  group: string;
  /** Milliseconds since the epoch. */
  at: number;
  lines: readonly string[];
  /** The first line, if it is JSON. */
  record?: Readonly<Record<string, unknown>>;
}

/** A line, and when it was written, if it says so. */
interface ParsedLine {
  text: string;
  at: number | undefined;
  record: Record<string, unknown> | undefined;
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** Lines that Lambda writes in text; they have no time. */
const platformLine = /^(?:INIT_START|START|END|REPORT) /;

/** A line of an execution log. */
const executionLine = /^\([\w-]{36}\) /;

/**
 * Makes entries of the lines of a log group.
 *
 * @param earlier when the line before the first one was written; what has no time has that of the line
 * before it.
 */
export function entriesOf(group: string, texts: readonly string[], earlier: number): LogEntry[] {
  const entries: (LogEntry & { lines: string[] })[] = [];
  let at = earlier;
  for (const line of texts.map(parseLine)) {
    at = line.at ?? at;
    const last = entries.at(-1);
    if (last && continues(line)) {
      last.lines.push(line.text);
    } else {
      entries.push({ group, at, lines: [line.text], ...(line.record && { record: line.record }) });
    }
  }
  return entries;
}

/** Whether a line belongs to the one before it. */
function continues({ text, at, record }: ParsedLine): boolean {
  return !record && at === undefined && !platformLine.test(text) && !executionLine.test(text);
}

function parseLine(text: string): ParsedLine {
  const parsed = text.startsWith("{") ? parseJson(text) : undefined;
  const record = isObject(parsed) ? parsed : undefined;
  const { timestamp, time, requestTime } = record ?? {};
  const told = [timestamp, time, requestTime].find((value) => typeof value === "string");
  return { text, at: timeIn(told ?? (record ? "" : text.slice(0, 200))), record };
}

/** Such as `2026-01-31T12:00:00.000Z` at the start, or `31/Jan/2026:12:00:00 +0000` anywhere. */
function timeIn(text: string): number | undefined {
  const iso = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/.exec(text)?.[0];
  const [, day, month = "", year, clock, zone] =
    /\b(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})/.exec(text) ?? [];
  const number = String(months.indexOf(month) / 3 + 1).padStart(2, "0");
  const at = Date.parse(iso ?? `${year ?? ""}-${number}-${day ?? ""}T${clock ?? ""}${zone ?? ""}`);
  return Number.isNaN(at) ? undefined : at;
}
