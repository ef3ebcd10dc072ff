import type {
  RecordedHeaders,
  RequestEnd,
  RequestRecord,
  RequestSource,
  RequestStart,
} from "../aws/recorder";
import { isWhole, keepBody, keptBytes, shownBody } from "./bodies";
import type { KeptBody } from "./bodies";
import { milliseconds } from "./milliseconds";
import type { RecordedInvocation } from "./recorded-invocation";
import { shownHeader, shownParameter, withoutSecrets } from "./secrets";
import type { Body, Replayable, RequestDetails, RequestSummary, RequestTrace } from "./types";

/** Is told what becomes of a request. */
export interface RequestWatcher {
  invoked(request: RecordedRequest): void;
  ended(request: RecordedRequest): void;
}

/** What is left of an end once its bodies were looked at. */
type Outcome = Pick<RequestEnd, "cache" | "responseHeaders" | "route" | "status">;

/** A request, as it is kept: as it came, so that nothing is made of it before somebody asks. */
export class RecordedRequest implements RequestRecord {
  readonly seq: number;
  readonly #start: RequestStart;
  readonly #at = Date.now();
  readonly #startedAt = performance.now();
  readonly #invocations: RecordedInvocation[] = [];
  readonly #watcher: RequestWatcher;
  #durationMs: number | undefined;
  #outcome: Outcome = {};
  #sizes = { request: 0, response: 0 };
  #requestBody: KeptBody | undefined;
  #responseBody: KeptBody | undefined;
  #isForgotten = false;

  constructor(seq: number, start: RequestStart, watcher: RequestWatcher) {
    this.seq = seq;
    this.#start = start;
    this.#watcher = watcher;
  }

  get id(): string {
    return this.#start.id;
  }

  get source(): RequestSource {
    return this.#start.source;
  }

  /** Bytes that {@link forgetContents} would free. */
  get contentBytes(): number {
    const logs = this.#invocations.reduce((sum, { logLength }) => sum + logLength, 0);
    return keptBytes(this.#requestBody) + keptBytes(this.#responseBody) + logs;
  }

  add(invocation: RecordedInvocation): void {
    this.#invocations.push(invocation);
  }

  /** An invocation of the request has ended. */
  invoked(): void {
    this.#watcher.invoked(this);
  }

  end(end: RequestEnd): void {
    const { requestBody, responseBody, responseBytes, ...outcome } = end;
    this.#durationMs = performance.now() - this.#startedAt;
    this.#outcome = outcome;
    this.#requestBody = keepBody(requestBody, this.#requestHeader("content-type"));
    this.#responseBody = keepBody(responseBody, this.#responseHeader("content-type"));
    // Of a body that is refused for its length there is nothing else.
    const request = this.#requestBody?.size ?? Number(this.#requestHeader("content-length") ?? 0);
    this.#sizes = { request, response: responseBytes ?? this.#responseBody?.size ?? 0 };
    this.#watcher.ended(this);
  }

  /** Forgets bodies and lines of logs. */
  forgetContents(): void {
    this.#isForgotten = true;
    this.#requestBody = undefined;
    this.#responseBody = undefined;
    for (const invocation of this.#invocations) {
      invocation.forgetLog();
    }
  }

  view(): RequestTrace {
    return {
      ...this.#common(),
      query: parametersOf(this.#query),
      invocations: this.#invocations.map((invocation) => invocation.view(this.#startedAt)),
    };
  }

  summary(): RequestSummary {
    return {
      ...this.#common(),
      functions: this.#invocations.map((invocation) => invocation.summary()),
    };
  }

  details(): RequestDetails {
    const requestBody = shown(this.#requestBody, (name) => this.#requestHeader(name));
    const responseBody = shown(this.#responseBody, (name) => this.#responseHeader(name));
    return {
      ...this.view(),
      requestHeaders: withMasks(this.#requestHeaders),
      responseHeaders: withMasks(headersOf(this.#outcome.responseHeaders)),
      ...(requestBody && { requestBody }),
      ...(responseBody && { responseBody }),
    };
  }

  /** `undefined` if it is no HTTP request, is under way, or its body was not kept. */
  replayable(): Replayable | undefined {
    const { origin, method, url } = this.#start;
    const body = this.#requestBody;
    const isKept =
      body === undefined ? !this.#isForgotten || this.#sizes.request === 0 : isWhole(body);
    if (origin === undefined || this.#durationMs === undefined || !isKept) {
      return undefined;
    }
    return {
      method,
      url: origin + url,
      headers: this.#requestHeaders,
      body: Buffer.from(body?.content ?? ""),
    };
  }

  #common(): Omit<RequestTrace, "invocations" | "query"> {
    const { id, source, method, url } = this.#start;
    const { status, route, cache } = this.#outcome;
    const [path = ""] = url.split("?", 1);
    return {
      seq: this.seq,
      id,
      source,
      at: new Date(this.#at).toISOString(),
      method,
      path: withoutSecrets(path),
      ...(route !== undefined && { route }),
      ...(status !== undefined && { status }),
      ...(this.#durationMs !== undefined && { durationMs: milliseconds(this.#durationMs) }),
      ...(cache !== undefined && { cache }),
      requestBytes: this.#sizes.request,
      responseBytes: this.#sizes.response,
    };
  }

  get #query(): string {
    const { url } = this.#start;
    const mark = url.indexOf("?");
    return mark === -1 ? "" : url.slice(mark + 1);
  }

  get #requestHeaders(): [string, string][] {
    const { rawHeaders = [] } = this.#start;
    return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
      rawHeaders[2 * index] ?? "",
      rawHeaders[2 * index + 1] ?? "",
    ]);
  }

  #requestHeader(name: string): string | undefined {
    const { rawHeaders = [] } = this.#start;
    const index = rawHeaders.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name);
    return index === -1 ? undefined : rawHeaders[index + 1];
  }

  #responseHeader(name: string): string | undefined {
    const headers = headersOf(this.#outcome.responseHeaders);
    return headers.find(([other]) => other.toLowerCase() === name)?.[1];
  }
}

function headersOf(headers: RecordedHeaders = []): [string, string][] {
  const entries = Array.isArray(headers)
    ? (headers as readonly (readonly [string, string])[])
    : Object.entries(headers as Readonly<Record<string, string | readonly string[]>>);
  return entries.flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
}

function withMasks(headers: readonly [string, string][]): [string, string][] {
  return headers.map(([name, value]) => [name, shownHeader(name, value)]);
}

function parametersOf(query: string): [string, string][] {
  return [...new URLSearchParams(query)].map(([name, value]) => [
    name,
    shownParameter(name, value),
  ]);
}

function shown(
  body: KeptBody | undefined,
  header: (name: string) => string | undefined,
): Body | undefined {
  return body && shownBody(body, header("content-type"), header("content-encoding"));
}
