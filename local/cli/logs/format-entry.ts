import { isObject } from "../../is-object";
import { printable } from "../../printable";
import type { Printer } from "../printer";
import { groupTitle } from "./find-groups";
import type { LogEntry } from "./log-entry";

/** Members that are shown elsewhere in the line, or that are the same in each. */
const hidden = new Set([
  "_aws",
  "cold_start",
  "error",
  "errorMessage",
  "errorType",
  "function_arn",
  "function_memory_size",
  "function_name",
  "function_request_id",
  "level",
  "message",
  "sampling_rate",
  "service",
  "stackTrace",
  "time",
  "timestamp",
  "xray_trace_id",
]);

/** Characters of a value that is shown in the line itself. */
const maxInlineLength = 100;

const indent = " ".repeat(4);

type Fields = Readonly<Record<string, unknown>>;
type Colors = Printer["colors"];

/** What an entry says, taken apart. */
interface Shown {
  level: string;
  message: string;
  fields: Fields;
  /** Further lines. */
  more: readonly string[];
}

/**
 * An entry as people read it: time, level, function and message, then the fields; long ones and stacks in
 * lines of their own.
 *
 * @param width characters of the longest title of a group.
 */
export function formatEntry(entry: LogEntry, width: number, colors: Colors): string[] {
  const { level, message, fields, more } = shownOf(entry);
  const time = new Date(entry.at);
  const clock = `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
  const inline: string[] = [];
  const blocks: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text.length <= maxInlineLength && !text.includes("\n")) {
      inline.push(
        `${name}=${/^[^\s"]+$/.test(text) || isObject(value) ? text : JSON.stringify(text)}`,
      );
    } else {
      blocks.push(...blockOf(name, value));
    }
  }
  const start = [
    colors.dim(clock),
    levelColor(level, colors)(level.padEnd(5)),
    colors.bold(groupTitle(entry.group).padEnd(width)),
    printable(message),
    ...(inline.length > 0 ? [colors.dim(printable(inline.join(" ")))] : []),
  ].join(" ");
  return [start.trimEnd(), ...[...blocks, ...more].map((line) => indent + printable(line))];
}

function shownOf({ record, lines }: LogEntry): Shown {
  const [first = "", ...more] = lines;
  if (!record) {
    return shownText(first, more);
  }
  if (typeof record.type === "string" && record.type.startsWith("platform.")) {
    return { ...shownPlatform(record.type, isObject(record.record) ? record.record : {}), more };
  }
  if (record.message === undefined && typeof record.httpMethod === "string") {
    return { ...shownAccess(record), more };
  }
  const { level, message } = record;
  const fields = Object.entries(record).filter(([name]) => !hidden.has(name));
  const isFailure = isObject(message) && typeof message.errorMessage === "string";
  return {
    level: typeof level === "string" ? level.toUpperCase() : "",
    message: isFailure ? "" : textOf(message ?? (isObject(record._aws) ? "metrics" : "")),
    fields: Object.fromEntries(fields),
    more: [...errorLines(isFailure ? message : record), ...more],
  };
}

/** Of the Node.js runtime in text, `<time>\t<request id>\t<level>\t<message>`, or of an execution log. */
function shownText(line: string, more: readonly string[]): Shown {
  const [, executed, step] = /^\(([\w-]{36})\) (.*)$/s.exec(line) ?? [];
  if (step !== undefined) {
    return { level: "", message: step, fields: { requestId: executed }, more };
  }
  const [, requestId, level = "", message = line] =
    /^\d{4}-[\d:.T-]+Z\t([\w-]+)\t([A-Z]+)\t(.*)$/s.exec(line) ?? [];
  const fields = requestId === undefined || requestId === "undefined" ? {} : { requestId };
  return { level, message: message.replaceAll("\t", "  "), fields, more };
}

function shownPlatform(type: string, record: Fields): Omit<Shown, "more"> {
  const { requestId, status, errorType, metrics, runtimeVersion } = record;
  const level = status === undefined || status === "success" ? "" : "ERROR";
  const { durationMs, initDurationMs, maxMemoryUsedMB, memorySizeMB } = isObject(metrics)
    ? metrics
    : {};
  return {
    level,
    message: type
      .slice("platform.".length)
      .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    fields: defined({
      status,
      errorType,
      duration: durationMs === undefined ? undefined : `${textOf(durationMs)}ms`,
      init: initDurationMs === undefined ? undefined : `${textOf(initDurationMs)}ms`,
      memory:
        memorySizeMB === undefined
          ? undefined
          : `${textOf(maxMemoryUsedMB)}/${textOf(memorySizeMB)}MB`,
      runtime: runtimeVersion,
      requestId,
    }),
  };
}

/** A line of an access log in JSON, in which `-` is for what there is not. */
function shownAccess(record: Fields): Omit<Shown, "more"> {
  const { httpMethod, resourcePath, path, status, ...rest } = record;
  const code = Number(status);
  const fields = Object.entries(rest).filter(
    ([name, value]) => name !== "requestTime" && value !== "-",
  );
  return {
    level: code >= 500 ? "ERROR" : code >= 400 ? "WARN" : "INFO",
    message: [httpMethod, resourcePath ?? path, status].map((each) => textOf(each ?? "")).join(" "),
    fields: Object.fromEntries(fields),
  };
}

/** An error in the forms of Powertools and of Lambda's runtime, with its causes. */
function errorLines(record: Fields): string[] {
  const { error, errorType, errorMessage, stackTrace } = record;
  if (isObject(error)) {
    const { name, message, stack, cause, ...more } = error;
    const title = `${textOf(name ?? "Error")}: ${textOf(message ?? "")}`;
    const fields = Object.entries(more)
      .filter(([key]) => key !== "location")
      .map(([key, value]) => `  ${key}: ${textOf(value)}`);
    return [...stackLines(stack, title), ...fields, ...causeLines(cause)];
  }
  if (typeof errorMessage === "string" || Array.isArray(stackTrace)) {
    const title = `${textOf(errorType ?? "Error")}: ${textOf(errorMessage ?? "")}`;
    return stackLines(Array.isArray(stackTrace) ? stackTrace.map(textOf).join("\n") : "", title);
  }
  return [];
}

function causeLines(cause: unknown): string[] {
  return isObject(cause)
    ? errorLines({ error: cause }).map((line, index) => (index === 0 ? `caused by ${line}` : line))
    : [];
}

/** A stack begins with what has happened, or else that is put in front of it. */
function stackLines(stack: unknown, title: string): string[] {
  const lines = typeof stack === "string" && stack !== "" ? stack.split("\n") : [];
  return /^\s+at /.test(lines[0] ?? "    at ") ? [title, ...lines] : lines;
}

function blockOf(name: string, value: unknown): string[] {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  const [first = "", ...rest] = text.split("\n");
  return [`${name}: ${first}`, ...rest];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function levelColor(level: string, colors: Colors): (text: string) => string {
  switch (level) {
    case "ERROR":
    case "FATAL":
    case "CRITICAL":
      return colors.red;
    case "WARN":
    case "WARNING":
      return colors.yellow;
    case "DEBUG":
    case "TRACE":
      return colors.dim;
    default:
      return colors.green;
  }
}
