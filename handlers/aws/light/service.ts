import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { HttpRequest } from "@smithy/core/protocols";
import { StandardRetryStrategy } from "@smithy/core/retry";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import { SignatureV4 } from "@smithy/signature-v4";
import { environmentCredentials } from "./environment";
import type { ServiceEndpoint } from "./endpoints";
import type { ResponseMetadata } from "./exceptions";
import { errorTypeOf, type FailedCall, isSkewed } from "./retryable";
import { Sha256 } from "./sha256";

/** How a client waits, and how often it asks. */
export interface ClientOptions {
  maxAttempts: number;
  requestHandler: NodeHttpHandlerOptions;
}

/** What is sent. */
export interface ServiceRequest {
  method: string;
  /** Before the path, for virtual hosts. */
  subdomain?: string;
  /** Encoded. Default: `/`. */
  path?: string;
  query?: Record<string, string>;
  headers: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

/** What was answered. */
export interface ServiceResponse {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: Readable;
  $metadata: ResponseMetadata;
}

/** One attempt at a call. */
type Attempt = (request: HttpRequest) => Promise<{ $metadata: ResponseMetadata }>;

/** What is around each attempt, as the clients of the SDK take it. */
type Middleware = (next: Attempt) => Attempt;

/** Signs requests to a service, sends them and repeats them, as the SDK's clients do. */
export class Service {
  readonly config: ClientOptions & { signer: SignatureV4 };
  readonly endpoint: ServiceEndpoint;
  readonly #http: NodeHttpHandler;
  readonly #retries: StandardRetryStrategy;
  readonly #around: Middleware[] = [];
  /** Milliseconds by which the service's clock is ahead. */
  #clockOffset = 0;

  /** Of the SDK's, what puts something around attempts; what only tells who asks is passed over. */
  readonly middlewareStack = {
    add: (middleware: Middleware): void => void this.#around.push(middleware),
    addRelativeTo: (): void => undefined,
    identify: (): string[] => [],
  };

  /** @param signingName the service, as signatures name it. */
  constructor(endpoint: ServiceEndpoint, signingName: string, options: ClientOptions) {
    this.endpoint = endpoint;
    this.#http = NodeHttpHandler.create(options.requestHandler) as NodeHttpHandler;
    this.#retries = new StandardRetryStrategy(options.maxAttempts);
    const signer = new SignatureV4({
      service: signingName,
      region: endpoint.region,
      credentials: () => Promise.resolve(environmentCredentials()),
      sha256: Sha256,
      // S3 signs paths as they are sent.
      uriEscapePath: signingName !== "s3",
    });
    this.config = { ...options, signer };
  }

  /** What is to be sent, before it is signed. */
  requestOf({ subdomain, path = "/", query, headers, ...sent }: ServiceRequest): HttpRequest {
    const { url } = this.endpoint;
    const hostname = subdomain === undefined ? url.hostname : `${subdomain}.${url.hostname}`;
    const base = url.pathname.replace(/\/$/, "");
    return new HttpRequest({
      ...sent,
      protocol: url.protocol,
      hostname,
      ...(url.port !== "" && { port: Number(url.port) }),
      path: base + path,
      query: query ?? {},
      headers: {
        ...headers,
        ...lengthOf(sent.body),
        host: url.port === "" ? hostname : `${hostname}:${url.port}`,
      },
    });
  }

  /**
   * Calls the service, again where that may help.
   *
   * @param read makes the output of an answer, or throws what the service failed with.
   * @throws Error what the last attempt came to.
   */
  async call<Output extends { $metadata: ResponseMetadata }>(
    asked: ServiceRequest,
    read: (response: ServiceResponse) => Promise<Output>,
  ): Promise<Output> {
    const request = this.requestOf(asked);
    Object.assign(request.headers, callHeaders());
    let serverTime = Number.NaN;
    const attempt = this.#around.reduce<Attempt>(
      (next, around) => around(next),
      async (sent) => {
        const response = await this.#send(sent);
        serverTime = Date.parse(response.headers.date ?? "");
        return read(response);
      },
    );
    let token = await this.#retries.acquireInitialRetryToken("");
    for (;;) {
      const number = token.getRetryCount() + 1;
      request.headers["amz-sdk-request"] = `attempt=${number}; max=${this.config.maxAttempts}`;
      try {
        const output = (await attempt(request)) as Output;
        this.#retries.recordSuccess(token);
        output.$metadata.attempts = number;
        return output;
      } catch (error) {
        const failure: FailedCall = error instanceof Error ? error : new Error(String(error));
        failure.$metadata = { ...failure.$metadata, attempts: number };
        if (isSkewed(serverTime - this.#now())) {
          this.#clockOffset = serverTime - Date.now();
          failure.$metadata.clockSkewCorrected = true;
        }
        if (request.body instanceof Readable) {
          // It has been read.
          throw failure;
        }
        token = await this.#retries
          .refreshRetryTokenForRetry(token, { errorType: errorTypeOf(failure) })
          .catch(() => {
            throw failure;
          });
      }
    }
  }

  async #send(request: HttpRequest): Promise<ServiceResponse> {
    const signingDate = new Date(this.#now());
    const signed = await this.config.signer.sign(request, { signingDate });
    const { response } = await this.#handle(new HttpRequest(signed));
    const { statusCode, headers } = response;
    return {
      statusCode,
      headers,
      body: response.body as Readable,
      $metadata: {
        httpStatusCode: statusCode,
        requestId: headers["x-amzn-requestid"] ?? headers["x-amz-request-id"],
        extendedRequestId: headers["x-amz-id-2"],
      },
    };
  }

  /** A body that fails while it is sent fails the call. */
  async #handle(request: HttpRequest) {
    const body: unknown = request.body;
    if (!(body instanceof Readable)) {
      return await this.#http.handle(request);
    }
    const abort = new AbortController();
    body.once("error", () => {
      abort.abort();
    });
    try {
      return await this.#http.handle(request, { abortSignal: abort.signal });
    } catch (error) {
      throw body.errored ?? error;
    }
  }

  #now(): number {
    return Date.now() + this.#clockOffset;
  }
}

/** Of a stream, it is not known. */
function lengthOf(body: ServiceRequest["body"]): Record<string, string> {
  return body === undefined || body instanceof Readable
    ? {}
    : { "content-length": String(Buffer.byteLength(body)) };
}

/** Of every attempt at a call. */
function callHeaders(): Record<string, string> {
  const { AWS_LAMBDA_FUNCTION_NAME: name, _X_AMZN_TRACE_ID: traceId } = process.env;
  return {
    "user-agent": `aws-light-client ua/2.1 lang/js md/nodejs#${process.versions.node}`,
    "amz-sdk-invocation-id": randomUUID(),
    // By which Lambda finds functions that cause themselves.
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    ...(name && traceId && { "X-Amzn-Trace-Id": traceId }),
  };
}

/** Whether a service reports an error. */
export function isFailed({ statusCode }: ServiceResponse): boolean {
  return statusCode >= 300;
}

/** All bytes of an answer. */
export async function bytesOf(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
