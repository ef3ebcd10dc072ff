import { AsyncLocalStorage } from "node:async_hooks";
import type { AuthorizationRequest, Decision } from "../aws/iam/types";
import type { Notice } from "../aws/notice";
import type {
  CallStart,
  InvocationRecord,
  InvocationStart,
  Recorder,
  RequestRecord,
  RequestStart,
} from "../aws/recorder";
import { RecordedCall } from "./recorded-call";
import { RecordedInvocation } from "./recorded-invocation";
import { RecordedRequest } from "./recorded-request";
import type {
  NoticeEvent,
  Replayable,
  RequestDetails,
  RequestEvent,
  RequestSummary,
  RequestTrace,
  TraceListener,
} from "./types";

/** How much is kept. */
export interface TraceLimits {
  /** Requests in all. Default 500. */
  requests: number;
  /** Requests with their bodies and lines of logs. Default 200. */
  contents: number;
  /** Bytes of all these bodies and lines. Default 16 MB. */
  contentBytes: number;
}

const defaultLimits: TraceLimits = {
  requests: 500,
  contents: 200,
  contentBytes: 16 * 1024 * 1024,
};

/** A call that is being performed, and the invocation that it is part of once that is known. */
interface CurrentCall {
  call: RecordedCall;
  invocation: RecordedInvocation | undefined;
}

/**
 * What has happened lately, in memory alone. Nothing is copied or made of it before somebody asks,
 * and then secrets are masked.
 */
export class Traces implements Recorder {
  readonly #limits: TraceLimits;
  /** By id, in the order in which they began. */
  readonly #requests = new Map<string, RecordedRequest>();
  /** Requests whose contents are kept, with the bytes of these. */
  readonly #contents = new Map<RecordedRequest, number>();
  #contentBytes = 0;
  /** By the trace id that SDKs send along. */
  readonly #running = new Map<string, RecordedInvocation>();
  readonly #current = new AsyncLocalStorage<CurrentCall>();
  readonly #listeners = new Set<TraceListener>();
  #seq = 0;

  constructor(limits: Partial<TraceLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** The requests that began after another, in their order; by default all that are kept. */
  list(afterSeq = 0): RequestTrace[] {
    return this.#after(afterSeq).map((request) => request.view());
  }

  /** The same requests, each in one line. */
  summaries(afterSeq = 0): RequestSummary[] {
    return this.#after(afterSeq).map((request) => request.summary());
  }

  details(id: string): RequestDetails | undefined {
    return this.#requests.get(id)?.details();
  }

  /** What it takes to send a request once more, secrets included, if it was kept whole. */
  replayable(id: string): Replayable | undefined {
    return this.#requests.get(id)?.replayable();
  }

  /** Tells of all that happens from now on. @returns what ends it. */
  subscribe(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  beginRequest(start: RequestStart): RequestRecord {
    const request = new RecordedRequest(++this.#seq, start, this.#watcher);
    this.#requests.set(request.id, request);
    if (this.#requests.size > this.#limits.requests) {
      this.#forgetOldest();
    }
    this.#tell("begun", request);
    return request;
  }

  beginInvocation(start: InvocationStart): InvocationRecord {
    const request = start.request instanceof RecordedRequest ? start.request : undefined;
    const invocation = new RecordedInvocation(start, (ended) => {
      this.#running.delete(ended.traceId);
      request?.invoked();
    });
    this.#running.set(start.traceId, invocation);
    request?.add(invocation);
    return invocation;
  }

  async call<Result>(start: CallStart, perform: () => Promise<Result>): Promise<Result> {
    if (this.#running.size === 0) {
      return perform();
    }
    const call = new RecordedCall(start);
    const invocation = this.#running.get(String(start.traceId));
    invocation?.add(call);
    try {
      const result = await this.#current.run({ call, invocation }, perform);
      call.succeed(result);
      return result;
    } catch (error) {
      call.fail(error);
      throw error;
    }
  }

  decided(question: AuthorizationRequest, decision: Decision): void {
    const current = this.#current.getStore();
    if (current) {
      current.invocation ??= this.#adopt(current.call, question);
      current.call.decided(question, decision);
    }
  }

  /** Lets listeners know what the person at the terminal is told. */
  notice(notice: Notice): void {
    this.#emit({ kind: "notice", notice });
  }

  /** A call without a trace id is one of the only invocation in whose session it is signed. */
  #adopt(call: RecordedCall, { principal }: AuthorizationRequest): RecordedInvocation | undefined {
    if (principal.kind !== "role") {
      return undefined;
    }
    // Lambda names sessions after their function.
    const functionName = principal.arn.split("/").at(-1);
    const candidates = [...this.#running.values()].filter(
      (invocation) => invocation.functionName === functionName,
    );
    const [only] = candidates.length === 1 ? candidates : [];
    only?.add(call);
    return only;
  }

  readonly #watcher = {
    invoked: (request: RecordedRequest) => {
      this.#tell("invoked", request);
    },
    ended: (request: RecordedRequest) => {
      this.#keepContents(request);
      this.#tell("ended", request);
    },
  };

  #keepContents(request: RecordedRequest): void {
    if (this.#requests.get(request.id) !== request) {
      return;
    }
    const bytes = request.contentBytes;
    this.#contents.set(request, bytes);
    this.#contentBytes += bytes;
    const { contents, contentBytes } = this.#limits;
    for (const oldest of this.#contents.keys()) {
      if (this.#contents.size <= contents && this.#contentBytes <= contentBytes) {
        return;
      }
      this.#forgetContents(oldest);
    }
  }

  #forgetContents(request: RecordedRequest): void {
    this.#contentBytes -= this.#contents.get(request) ?? 0;
    this.#contents.delete(request);
    request.forgetContents();
  }

  #forgetOldest(): void {
    const [oldest] = this.#requests.values();
    if (oldest) {
      this.#requests.delete(oldest.id);
      this.#forgetContents(oldest);
    }
  }

  #after(afterSeq: number): RecordedRequest[] {
    return [...this.#requests.values()].filter(({ seq }) => seq > afterSeq);
  }

  #tell(kind: RequestEvent["kind"], request: RecordedRequest): void {
    if (this.#listeners.size === 0) {
      return;
    }
    this.#emit({
      kind,
      source: request.source,
      get request() {
        return request.view();
      },
      get summary() {
        return request.summary();
      },
    });
  }

  #emit(event: NoticeEvent | RequestEvent): void {
    for (const listener of this.#listeners) {
      listener(event);
    }
  }
}
