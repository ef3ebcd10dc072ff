import type { FunctionErrorNotice, Notify } from "../notice";
import type { SourceFrames } from "./source-frames";

/** An error of a function, as it is told to the person who runs the local cloud. */
export interface ToldError {
  name: string;
  message: string;
  stack: readonly string[];
  /** What it was logged with, if that says more. */
  said?: string;
}

/** Most characters of a message that are shown. */
const maxMessageLength = 300;

/**
 * The error in a line of a function's log, as Powertools and Lambda's own console write it in JSON; none
 * in any other line.
 */
export function errorInLine(line: string): ToldError | undefined {
  if (!/"level":\s*"(?:ERROR|FATAL|CRITICAL)"/i.test(line)) {
    return undefined;
  }
  // In text format, a time and a request id come first.
  const record = parsed(line.slice(line.indexOf("{")));
  // Lambda's console writes an error that is logged alone as the message.
  const error = errorOf(record) ?? errorOf(objectOf(record.message) ?? {});
  if (error === undefined) {
    return undefined;
  }
  const said = saidWith(error, record.message);
  return said === undefined ? error : { ...error, said };
}

function errorOf(record: Record<string, unknown>): ToldError | undefined {
  const { errorType, errorMessage, stackTrace } = record;
  const { name, message, stack } = objectOf(record.error) ?? {};
  if (typeof stack === "string") {
    return { name: text(name), message: text(message), stack: stack.split("\n") };
  }
  return Array.isArray(stackTrace)
    ? { name: text(errorType), message: text(errorMessage), stack: stackTrace.map(text) }
    : undefined;
}

/** The message of a line without what is of its error: Lambda's console writes all of that into it. */
function saidWith({ message, stack }: ToldError, said: unknown): string | undefined {
  if (typeof said !== "string" || said === message) {
    return undefined;
  }
  const [first = ""] = stack;
  const [own = ""] = first === "" ? [said] : said.split(first);
  return own.trim() || undefined;
}

/**
 * Tells of a function's errors where in its code they come from; of one that comes again, only that it
 * does.
 */
export class ErrorTeller {
  readonly #frames: SourceFrames;
  readonly #notify: Notify;
  readonly #told = new Set<string>();

  constructor(frames: SourceFrames, notify: Notify) {
    this.#frames = frames;
    this.#notify = notify;
  }

  /**
   * @param describe what has happened, given the error in one line.
   * @param origin where it has happened.
   */
  tell(
    error: ToldError,
    describe: (summary: string) => string,
    origin: Pick<FunctionErrorNotice, "functionName" | "requestId">,
  ): void {
    const summary = summaryOf(error);
    const stack = this.#frames.of(error.stack);
    const places = stack.map((place) => `\n    at ${place}`);
    const told = [summary, ...places].join("");
    this.#notify([describe(summary), ...(this.#told.has(told) ? [] : places)].join(""), {
      type: "error",
      ...origin,
      errorType: error.name,
      message: shownMessage(error.message),
      stack,
    });
    this.#told.add(told);
  }
}

/** One line: the error's name and its message. */
export function summaryOf({ name, message }: Pick<ToldError, "message" | "name">): string {
  const shown = shownMessage(message);
  return shown === "" ? name : `${name}: ${shown}`;
}

/**
 * The first line of a message, shortened. What a parser of JSON quotes may be of a client's body, and is
 * left out.
 */
export function shownMessage(message: string): string {
  const [first = ""] = message.split("\n");
  const open = first.replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON/s, " in JSON");
  return open.length > maxMessageLength ? `${open.slice(0, maxMessageLength)}…` : open;
}

function parsed(line: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(line)) ?? {};
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "Error";
}
