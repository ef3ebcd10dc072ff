/** What the page's API sends; both sides of it read this file, so it imports nothing but types. */
import type { RequestDetails, RequestSummary } from "../../trace/types";

/** Stands for a secret, which the page asks for by itself when somebody wants to see it. */
export interface SecretMark {
  $secret: true;
}

/** What a secret is: the answer of the routes that end with `/reveal`. */
export interface Revealed {
  value: unknown;
}

/** `GET /api/context`: what every view may need to know of the run. */
export interface Context {
  project: string;
  stack: string;
  /** The stack's outputs, a {@link SecretMark} in place of each secret. */
  outputs: Record<string, unknown>;
  /**
   * The stack's config as the program gets it: texts, which of objects and arrays are JSON. Keys of the
   * project are without its name, as `prefix`; others with theirs, as `aws:region`.
   */
  config: Record<string, string | SecretMark>;
  /** Where the services of the run listen, as in `endpoints.json`: URLs, by the name of the service. */
  endpoints: Addresses;
}

/** URLs by name, some of them in groups. */
export interface Addresses {
  [name: string]: string | Addresses;
}

/** `POST /api/token`: an access token of the local issuer. */
export interface IssuedToken {
  token: string;
  /** Seconds for which it is valid. */
  expiresSeconds: number;
}

/** What open pages are told by `GET /api/events`, by the name of the event. */
export interface PageEvents {
  /** A mail has come. */
  mail: { file: string };
  /** An alarm has changed its state. */
  alarm: { name: string; state: string };
  /** What waits in a queue has changed. */
  queue: { name: string };
  /** Requests have begun, gone on or ended: each as it is now. */
  request: RequestsAnswer;
  /** The stack has been deployed anew. */
  stack: { at: string };
}

/** `GET /api/requests?after=`: those that are kept, or that began after the one with this number. */
export interface RequestsAnswer {
  /** In the order in which they began. */
  requests: RequestSummary[];
}

/** `GET /api/requests/{id}`. */
export interface RequestAnswer extends RequestDetails {
  /** Where it went, as `http://127.0.0.1:4000`; absent if it cannot be sent again. */
  origin?: string;
}

/** `POST /api/requests/{id}/replay`. */
export interface ReplayAnswer {
  /** Of the request that was sent; absent if its answer does not say. */
  id?: string;
}

/** What the API answers when it does not do what it was asked to. */
export interface ApiProblem {
  error: string;
  code: string;
}
