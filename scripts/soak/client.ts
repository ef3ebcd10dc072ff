import { setTimeout } from "node:timers/promises";

/** One request, which may be sent several times. */
export interface ClientRequest {
  url: string;
  method: string;
  headers?: Record<string, string>;
  body?: string | Buffer | FormData;
  /** Whether sending it again has no second effect. */
  isRepeatable: boolean;
  /** Whether a function that answers 5xx has taken back what it had done. Default: no. */
  isUndoneOnFailure?: boolean;
}

/** What the server answered. */
export interface ClientAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/**
 * What a client knows at last: that it was done, that it was not, or nothing, as the answer was lost
 * or told of a failure that may have come after the deed.
 */
export type Outcome =
  | { is: "done"; answer: ClientAnswer }
  /**
   * Without an answer when it was given up. `mayBeDone` says whether an attempt before, whose answer was lost or told
   * of a failure, may have done what this one was refused for.
   */
  | { is: "refused"; why: string; answer?: ClientAnswer; mayBeDone?: boolean }
  | { is: "unknown" };

export interface ClientOptions {
  /** How long it repeats a request until it gives up, in milliseconds. */
  patienceMs: number;
  /** When it aborts, no request is repeated or begun any more. */
  signal?: AbortSignal;
}

/** Longer than API Gateway lets any request take. */
const answerTimeoutMs = 35_000;

const firstDelayMs = 100;
const maxDelayMs = 5000;

/** A good client: repeats what may be repeated, ever more rarely, and as late as it is asked to. */
export class Client {
  /** How often it has repeated a request. */
  retries = 0;
  readonly #patienceMs: number;
  readonly #signal: AbortSignal;

  constructor({ patienceMs, signal = new AbortController().signal }: ClientOptions) {
    this.#patienceMs = patienceMs;
    this.#signal = signal;
  }

  async send(request: ClientRequest): Promise<Outcome> {
    const giveUpAt = performance.now() + this.#patienceMs;
    let mayBeDone = false;
    for (let attempt = 0; !this.#signal.aborted; attempt++) {
      const answer = await this.#sendOnce(request);
      if (answer && answer.status < 400) {
        return { is: "done", answer };
      }
      if (answer && isFinal(answer, request)) {
        const why = `${answer.status} ${answer.bytes.toString()}`;
        return { is: "refused", why, answer, mayBeDone };
      }
      mayBeDone ||= !answer || answer.status >= 500;
      const delayMs = Math.max(
        Math.min(firstDelayMs * 2 ** attempt, maxDelayMs),
        askedDelayMs(answer),
      );
      const isOver = performance.now() + delayMs > giveUpAt;
      if (isOver || (mayBeDone && !request.isRepeatable)) {
        break;
      }
      this.retries += 1;
      await setTimeout(delayMs);
    }
    return mayBeDone ? { is: "unknown" } : { is: "refused", why: "given up" };
  }

  /** @returns `undefined` when there was no answer. */
  async #sendOnce({ url, body, ...rest }: ClientRequest): Promise<ClientAnswer | undefined> {
    try {
      const response = await fetch(url, {
        method: rest.method,
        headers: rest.headers ?? {},
        ...(body !== undefined && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : body }),
        redirect: "manual",
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes };
    } catch (error) {
      if (error instanceof TypeError || error instanceof DOMException) {
        return undefined;
      }
      throw error;
    }
  }
}

/** Whether it says for sure that nothing was done, and will say so again. */
function isFinal({ status }: ClientAnswer, { isUndoneOnFailure = false }: ClientRequest): boolean {
  return status < 500
    ? status !== 409 && status !== 429
    : isUndoneOnFailure && !isLostByGateway(status);
}

/** The function did not answer: it crashed, or took too long. */
function isLostByGateway(status: number): boolean {
  return status === 502 || status === 504;
}

function askedDelayMs(answer: ClientAnswer | undefined): number {
  return Number(answer?.headers.get("retry-after") ?? 0) * 1000;
}
