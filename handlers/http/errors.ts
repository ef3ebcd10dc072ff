import type { Headers } from "./responses";

/**
 * An error that the client is told about: its message, code and details go into the response.
 *
 * Whatever else is thrown becomes a 500 without particulars. Names of error classes are written out
 * because the bundles are minified.
 */
export class ApiError extends Error {
  override readonly name: string = "ApiError";
  readonly statusCode: number;
  /** PascalCase and stable: what programs compare. */
  readonly code: string;
  /** Further members of the response body. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Further headers of the response. */
  readonly headers: Headers;

  constructor(
    statusCode: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    headers: Headers = {},
  ) {
    super(printable(message, maxSentenceLength));
    this.statusCode = statusCode;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** Longest sentence of an error, and of one of its problems, in characters. */
export const maxSentenceLength = 2048;
export const maxProblemLength = 1024;

/**
 * A sentence on one line, that may have names which a client has sent: control characters are
 * written as in JSON, and what is too long is cut.
 */
function printable(sentence: string, maxLength: number): string {
  const line = sentence.replace(
    /\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return line.length > maxLength
    ? `${line.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`
    : line;
}

/** What is wrong with one field of a request. */
export interface Problem {
  /** As the client names it, such as `tags.color`; `body` stands for the body as a whole. */
  field: string;
  /** Completes a sentence that starts with the field, such as `is required`. */
  problem: string;
  /** JSON pointer to the field, such as `/tags/color`; by default, to a member of that name. */
  pointer?: string;
}

/** Problems that one response lists at most: a hostile body may have a million. */
const maxProblems = 20;

/** Longest name or pointer in an error: a client may send names of any length. */
export const maxFieldLength = 200;

/**
 * The JSON pointer (RFC 6901) to what lies at `path` in a body; in a form or a query, to what would
 * if it were an object. Instead of a pointer that is too long, that to the whole.
 */
export function jsonPointer(path: readonly PropertyKey[]): string {
  const pointer = path
    .map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  return pointer.length > maxFieldLength ? "" : pointer;
}

/** A request that breaks the contract: 400 `InvalidRequest`, with its problems in `details`. */
export class InvalidRequestError extends ApiError {
  override readonly name = "InvalidRequestError";

  constructor(problems: readonly Problem[]) {
    const listed = problems.slice(0, maxProblems);
    const sentence = listed.map(({ field, problem }) => `${field} ${problem}`).join("; ");
    super(400, "InvalidRequest", `${sentence}.`, { details: listed.map(withPointer) });
  }
}

/** A problem as responses list it. */
export function withPointer(problem: Problem): Required<Problem> {
  const { field } = problem;
  return {
    pointer: jsonPointer(field === "body" ? [] : [field]),
    ...problem,
    problem: printable(problem.problem, maxProblemLength),
  };
}

/** What was asked for may have been done, or may be done yet: 504 `OutcomeUnknown`. */
export class OutcomeUnknownError extends ApiError {
  override readonly name = "OutcomeUnknownError";

  constructor(message: string) {
    super(504, "OutcomeUnknown", message);
  }
}

/** What may be too large, and how the client is told. */
const sizeLimits = {
  image: { code: "ImageTooLarge", what: "The image" },
  request: { code: "RequestTooLarge", what: "The body" },
  result: { code: "ResultTooLarge", what: "The processed data" },
} as const;

/** A request, or what it would produce, that is too large: 413, with `limit` and `maxBytes`. */
export class TooLargeError extends ApiError {
  override readonly name = "TooLargeError";

  /** @param wayOut a sentence on what takes larger ones, if anything does. */
  constructor(limit: keyof typeof sizeLimits, maxBytes: number, wayOut?: string) {
    const { code, what } = sizeLimits[limit];
    const sentence = `${what} is larger than the limit of ${maxBytes} bytes.`;
    super(413, code, wayOut ? `${sentence} ${wayOut}` : sentence, { limit, maxBytes });
  }
}
