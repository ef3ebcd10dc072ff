/** A line of a function's log, as it is read. */
export interface LogLine {
  /** As the function has it, such as `INFO`; `undefined` of lines that are not JSON. */
  readonly level?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly message: string;
  /** What else a line of JSON has. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Whether Lambda has written it: a start, an end, a report. */
  readonly isPlatform: boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
const platformLine = /^(?:INIT_START|START|END|REPORT|EXTENSION|TELEMETRY|XRAY)\b/;

/** Fields that are the same in every line of an invocation. */
const repeated = [
  "cold_start",
  "function_arn",
  "function_memory_size",
  "function_name",
  "function_request_id",
  "functionName",
  "functionVersion",
  "sampling_rate",
  "service",
  "version",
  "xray_trace_id",
];

/** Reads a line: structured ones as Powertools and Lambda's own JSON format write them. */
export function readLogLine(line: string): LogLine {
  const json = parsed(line);
  if (json === undefined) {
    return { message: line, isPlatform: platformLine.test(line) };
  }
  const { level, timestamp, time, message, msg, type, record, ...rest } = json;
  const fields = Object.fromEntries(
    Object.entries({ ...rest, ...flat(record) }).filter(
      ([name, value]) => value !== undefined && !repeated.includes(name),
    ),
  );
  return {
    ...(typeof level === "string" && { level: level.toUpperCase() }),
    ...textMember("at", timestamp ?? time),
    message: [message, msg, type].find((each) => typeof each === "string") ?? "",
    ...(Object.keys(fields).length > 0 && { fields }),
    isPlatform: typeof type === "string" && type.startsWith("platform."),
  };
}

/** What Lambda's own lines tell, whose numbers are one deeper. */
function flat(record: unknown): object {
  if (typeof record !== "object" || record === null) {
    return {};
  }
  const { metrics, ...rest } = record as Record<string, unknown>;
  return { ...rest, requestId: undefined, ...(typeof metrics === "object" ? metrics : {}) };
}

function textMember<Name extends string>(
  name: Name,
  value: unknown,
): Partial<Record<Name, string>> {
  return typeof value === "string" ? ({ [name]: value } as Record<Name, string>) : {};
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) {
    return undefined;
  }
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
