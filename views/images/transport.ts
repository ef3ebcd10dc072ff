/** A request as the view makes it. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData;
  /** Told how much of the body has gone, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends a request. @throws ApiFailure when there is no answer; an AbortError when it was given up. */
export type Transport = (request: Sent) => Promise<Answer>;
