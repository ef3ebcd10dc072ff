import { requireOk } from "./errors.js";
import { type Repeatable, type RetryOptions, withRetries } from "./retry.js";

/** How a client reaches the API, and as whom. */
export interface ClientOptions extends RetryOptions {
  /** The stack's output `apiUrl`, such as `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1`. */
  apiUrl: string;
  /** An API key, if the stack takes some. */
  apiKey?: string;
  /** A user's access token, or what gives one that has not ended yet; it is asked before each request. */
  token?: string | (() => string | Promise<string>);
  /** What sends requests. @default the global `fetch` */
  fetch?: typeof fetch;
}

/** What all requests may be given. */
export interface RequestOptions {
  /** Ends the request, and what is waited for. */
  signal?: AbortSignal;
}

/** Values of a query; what is `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** What was answered, and what `If-Match` takes for it. */
export interface Version<Body> {
  body: Body;
  etag: string;
}

/** A request of the API. */
export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Query | undefined;
  /** Sent as JSON, unless it is bytes or a form. */
  body?: object | undefined;
  headers?: Readonly<Record<string, string | undefined>>;
  /** @default "always" */
  repeatable?: Repeatable;
  options: RequestOptions | undefined;
}

/** Sends requests to the API, and repeats those that may go otherwise the next time. */
export class Transport {
  readonly #options: ClientOptions;
  readonly #apiUrl: string;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#apiUrl = options.apiUrl.replace(/\/+$/, "");
  }

  /**
   * What the API answers.
   *
   * @throws DarkroomError for an error, `TypeError` where the API cannot be reached, the reason of the signal.
   */
  async send(request: ApiRequest): Promise<Response> {
    return await this.#read(request, (response) => Promise.resolve(response));
  }

  /** The same, of an answer in JSON. */
  async json<Body>(request: ApiRequest): Promise<Body> {
    return await this.#read(request, async (response) => (await response.json()) as Body);
  }

  /** The same, with what `If-Match` takes for it; `etag` is empty where the answer has none. */
  async versioned<Body>(request: ApiRequest): Promise<Version<Body>> {
    return await this.#read(request, async (response) => ({
      body: (await response.json()) as Body,
      etag: response.headers.get("etag") ?? "",
    }));
  }

  /** What is read of an answer. One that breaks off is as a connection that fails: the request is repeated. */
  async #read<Result>(
    request: ApiRequest,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const { repeatable = "always", options } = request;
    const attempt = async () => await read(await this.#sendOnce(request));
    return await withRetries(attempt, repeatable, this.#options, options?.signal);
  }

  /** What is at a URL that needs no credentials. */
  async download(url: string, options?: RequestOptions): Promise<Blob> {
    const attempt = async () => {
      const response = await this.fetch(url, { method: "GET" }, options?.signal);
      await requireOk(response);
      return await response.blob();
    };
    return await withRetries(attempt, "always", this.#options, options?.signal);
  }

  /** How requests are repeated. */
  get retries(): RetryOptions {
    return this.#options;
  }

  /** As the global `fetch`, unless there is another. */
  async fetch(url: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const { fetch: send = globalThis.fetch } = this.#options;
    return await send(url, { ...init, ...(signal && { signal }) });
  }

  async #sendOnce({ method, path, query, body, headers, options }: ApiRequest): Promise<Response> {
    const sent = contentOf(body);
    const all = { ...sent.headers, ...headers, ...(await this.#credentials()) };
    const init = { method, headers: definedOf(all), ...(sent.body && { body: sent.body }) };
    const response = await this.fetch(this.#apiUrl + path + queryOf(query), init, options?.signal);
    await requireOk(response);
    return response;
  }

  async #credentials(): Promise<Record<string, string | undefined>> {
    const { apiKey, token } = this.#options;
    const current = typeof token === "function" ? await token() : token;
    return { "x-api-key": apiKey, authorization: current && `Bearer ${current}` };
  }
}

function contentOf(body: object | undefined): {
  body?: NonNullable<RequestInit["body"]>;
  headers?: Record<string, string>;
} {
  if (body === undefined || body instanceof FormData || body instanceof Blob) {
    return body === undefined ? {} : { body };
  }
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function queryOf(query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      given.set(name, String(value));
    }
  }
  return given.size === 0 ? "" : `?${given.toString()}`;
}

function definedOf(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
