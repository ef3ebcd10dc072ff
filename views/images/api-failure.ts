/** What is wrong with one field of a request, as the API lists it. */
export interface FieldProblem {
  readonly field: string;
  /** Completes a sentence that begins with the field. */
  readonly problem: string;
}

/** A request that was refused or got no answer, in the words of whoever refused it. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  /** HTTP status; `undefined` when there was no answer that a page may read. */
  readonly status?: number;
  /** Of the error, such as `InvalidRequest`. */
  readonly code?: string;
  /** By which the request is found among all requests. */
  readonly requestId?: string;
  readonly details: readonly FieldProblem[];

  constructor(
    message: string,
    about: Partial<Pick<ApiFailure, "status" | "code" | "requestId" | "details">> = {},
  ) {
    super(message);
    this.status = about.status;
    this.code = about.code;
    this.requestId = about.requestId;
    this.details = about.details ?? [];
  }
}

/** Statuses that may be others the next time, though nothing was changed. */
const passing: readonly number[] = [401, 403, 408, 409, 429];

/** Whether the same request may be answered otherwise when it is sent again. */
export function mayPass({ status, code }: ApiFailure): boolean {
  // What is found out of a file later has a code alone.
  return status === undefined ? code === undefined : status >= 500 || passing.includes(status);
}

/** What an answer that is no success says: the API's JSON, the XML of S3, or the status alone. */
export function failureOf(status: number, body: string): ApiFailure {
  return jsonFailure(status, body) ?? xmlFailure(status, body) ?? bareFailure(status);
}

/** No answer came, or none that this page may read, which browsers do not tell apart. */
export function unreachable(url: string): ApiFailure {
  const { origin } = new URL(url);
  return new ApiFailure(
    `${origin} does not answer, or not to this page: is the run up, and do allowedOrigins have this page's origin?`,
  );
}

/** Whatever was thrown, as what a person is told. */
export function asFailure(error: unknown): ApiFailure {
  return error instanceof ApiFailure ? error : new ApiFailure(String(error));
}

function jsonFailure(status: number, body: string): ApiFailure | undefined {
  const answer = parsed(body);
  if (typeof answer?.error !== "string") {
    return undefined;
  }
  return new ApiFailure(answer.error, {
    status,
    code: text(answer.code),
    requestId: text(answer.requestId),
    details: Array.isArray(answer.details) ? (answer.details as FieldProblem[]) : [],
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function xmlFailure(status: number, body: string): ApiFailure | undefined {
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  const message = element("Message");
  return message === undefined
    ? undefined
    : new ApiFailure(message, {
        status,
        code: element("Code"),
        requestId: element("RequestId"),
      });
}

function bareFailure(status: number): ApiFailure {
  return new ApiFailure(`The answer is ${status}, and says no more.`, { status });
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
