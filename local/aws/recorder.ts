import type { AuthorizationRequest, Decision } from "./iam/types";

/**
 * What begins with a request: a client's to an API, to a distribution or to a function's URL; an
 * asynchronous event of a function; a schedule that is due; or a call of Lambda's Invoke.
 */
export type RequestSource = "api" | "edge" | "url" | "event" | "schedule" | "invoke";

/**
 * Is told what happens, for whoever wants to see it. No service depends on it. It keeps what it is
 * given without a copy, so that nothing of it may be changed afterwards, and costs next to nothing.
 */
export interface Recorder {
  beginRequest(request: RequestStart): RequestRecord;
  beginInvocation(invocation: InvocationStart): InvocationRecord;
  /**
   * Performs a call of a service's API. What is authorised meanwhile is authorised for it.
   *
   * @throws what `perform` throws.
   */
  call<Result>(call: CallStart, perform: () => Promise<Result>): Promise<Result>;
  /** Notes a decision about the call that is being performed, if one is. */
  decided(question: AuthorizationRequest, decision: Decision): void;
}

/** A request that has come in. */
export interface RequestStart {
  source: RequestSource;
  /** As the client gets to know it, such as the value of `x-amzn-RequestId`. */
  id: string;
  /** An HTTP method, or `EVENT`, `SCHEDULE` or `INVOKE`. */
  method: string;
  /** The target as received, with its query; of what is no HTTP request, what it comes from. */
  url: string;
  /** Names and values in turn, as Node.js has them. Default: none. */
  rawHeaders?: readonly string[];
  /** Where the request may be sent again, such as `http://127.0.0.1:4000`. Default: nowhere. */
  origin?: string;
}

/** A request that is under way. */
export interface RequestRecord {
  end(outcome: RequestEnd): void;
}

/** Headers as services have them. */
export type RecordedHeaders =
  | readonly (readonly [string, string])[]
  | Readonly<Record<string, string | readonly string[]>>;

/** What came of a request. */
export interface RequestEnd {
  /** Unset when the client went away before there was an answer. */
  status?: number;
  /** Path of the resource that serves it, such as `/images/{id}`. */
  route?: string | undefined;
  requestBody?: Buffer | string | undefined;
  responseHeaders?: RecordedHeaders;
  /** Before the gateway compresses it. */
  responseBody?: Buffer | string | undefined;
  /** Length of the body that was sent, in bytes. Default: that of `responseBody`. */
  responseBytes?: number;
  /** What a cache had to do with it, such as `Hit`. */
  cache?: string;
}

/** A function that begins to work. */
export interface InvocationStart {
  /** What it is invoked for. */
  request: RequestRecord;
  functionName: string;
  requestId: string;
  /** Value of `_X_AMZN_TRACE_ID`, which SDKs send along with the calls of the invocation. */
  traceId: string;
  /** Whether the function has to be loaded first. */
  cold: boolean;
}

/** A function that works. */
export interface InvocationRecord {
  /** @param end unset when the invocation could not be run. */
  end(end?: InvocationEnd): void;
}

/** What came of an invocation. */
export interface InvocationEnd {
  /** How long loading the function took, in milliseconds; only of a cold one. */
  initMs?: number | undefined;
  /** Without that, in milliseconds. */
  durationMs: number;
  error?: RecordedError | undefined;
  /** Lines of the function's log, with those that Lambda writes. */
  logLines: readonly string[];
}

/** An error of a function. */
export interface RecordedError {
  type: string;
  message: string;
  /** Lines of sources, such as `handlers/a.ts:12:7`. Called when somebody wants to see them. */
  stack: () => readonly string[];
}

/** A call of a service's API. */
export interface CallStart {
  /** Such as `s3`. */
  service: string;
  /** Its name in the service's API, such as `PutObject`. */
  operation: string;
  /** Value of `X-Amzn-Trace-Id`, if the caller sent one. */
  traceId?: string | readonly string[] | undefined;
}
