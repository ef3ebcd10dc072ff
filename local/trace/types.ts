import type { Notice } from "../aws/notice";
import type { RequestSource } from "../aws/recorder";

/**
 * A request of a client to an API, to the edge or to a function's URL, an event of an asynchronous
 * function, a schedule, or a call of Lambda's Invoke. Nothing in it is secret.
 */
export interface RequestTrace {
  /** Counts up from 1 in the order in which requests begin. */
  seq: number;
  /** The gateway's request id, CloudFront's `x-amz-cf-id`, or the event's id. */
  id: string;
  source: RequestSource;
  /** When it began, in ISO 8601. */
  at: string;
  /** An HTTP method, or `EVENT`, `SCHEDULE` or `INVOKE`. */
  method: string;
  /** Without the query; of what is no HTTP request, what it comes from. */
  path: string;
  /** Decoded; values that are secret are masked. */
  query: [string, string][];
  /** Path of the resource that serves it, such as `/images/{id}`. */
  route?: string;
  /** Unset while it is under way, and when the client went away before there was an answer. */
  status?: number;
  /** Unset while it is under way. */
  durationMs?: number;
  /** What a cache had to do with it: `Hit`, `Miss`, `RefreshHit`, `Error`. */
  cache?: string;
  requestBytes: number;
  responseBytes: number;
  /** In the order in which they began: authorizers first, and each attempt of an event. */
  invocations: InvocationTrace[];
}

/** What a function did for a request. */
export interface InvocationTrace {
  functionName: string;
  requestId: string;
  /** Whether the function had to be loaded first. */
  cold: boolean;
  /** How long that took, which is before `durationMs` begins. */
  initMs?: number;
  /** Since the request's start. */
  startMs: number;
  /** Unset while it is under way, and when it could not be run. */
  durationMs?: number;
  error?: { type: string; message: string; stack: string[] };
  /** Empty once they are forgotten, as bodies are. */
  logLines: string[];
  calls: CallTrace[];
}

/** A call of a service that a function made. */
export interface CallTrace {
  /** Such as `s3`. */
  service: string;
  /** Such as `PutObject`. */
  operation: string;
  /** Since the request's start. */
  startMs: number;
  /** Unset while it is under way. */
  durationMs?: number;
  status?: number;
  errorCode?: string;
  /** The one of {@link CallTrace.decisions} that refused it, or else the first. */
  action: string;
  /** Its ARN, or `*`. */
  resource: string;
  /** `not asked`: the call was refused before permissions were looked at, or needs none. */
  decision: "allowed" | "denied" | "not asked";
  /** The statement that decided, or that there is none. */
  reason: string;
  /** All that was asked for the call, in its order. */
  decisions: DecisionTrace[];
}

/** A question that a service asked IAM for a call, and the answer. */
export interface DecisionTrace {
  action: string;
  resource: string;
  decision: "allowed" | "denied";
  /** Such as `statement "ReadImages" of images-policy allows it`. */
  reason: string;
}

/** A request with all that is known of it. Secrets are masked. */
export interface RequestDetails extends RequestTrace {
  requestHeaders: [string, string][];
  responseHeaders: [string, string][];
  /** Absent when there was none, and once it is forgotten. */
  requestBody?: Body;
  responseBody?: Body;
}

/** A body as it is shown. */
export interface Body {
  contentType?: string;
  /** Length of the whole body in bytes. */
  size: number;
  /** Whether less of it was kept: of long texts the beginning, of other long bodies nothing. */
  truncated: boolean;
  /** If it is text; secrets are masked. */
  text?: string;
  /** Whether the text had any. */
  masked?: true;
  /** If it is no text. */
  base64?: string;
}

/** What it takes to send a request once more. Secrets are not masked. */
export interface Replayable {
  method: string;
  /** Absolute. */
  url: string;
  headers: [string, string][];
  body: Buffer;
}

/** What can be said of a request in one line. */
export type RequestSummary = Omit<RequestTrace, "invocations" | "query"> & {
  functions: FunctionSummary[];
};

/** What can be said of an invocation in a few words. */
export interface FunctionSummary {
  functionName: string;
  requestId: string;
  cold: boolean;
  durationMs?: number;
  /** Name of the error that it ended with. */
  errorType?: string;
}

/**
 * Something that has just happened to a request: it began, one of its functions ended, or it ended
 * itself.
 */
export interface RequestEvent {
  kind: "begun" | "invoked" | "ended";
  source: RequestSource;
  /** Both are made when they are read. */
  readonly request: RequestTrace;
  readonly summary: RequestSummary;
}

/** The person who runs the local cloud was told of something. */
export interface NoticeEvent {
  kind: "notice";
  notice: Notice;
}

export type TraceListener = (event: NoticeEvent | RequestEvent) => void;
