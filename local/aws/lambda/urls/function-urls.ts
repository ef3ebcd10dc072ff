import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";

import { AwsError } from "../../aws-error";
import { close, loopbackHost } from "../../http";
import type { Authenticator } from "../../iam/types";
import { listenAgain } from "../../listen-again";
import type { RequestRecord } from "../../recorder";
import { RememberedPorts } from "../../remembered-ports";
import type { MetricSink, ServiceOptions } from "../../types";
import { functionArn } from "../function-name";
import { noResource } from "../no-resource";
import { metricDimensions } from "../metric-dimensions";
import { receivePayload } from "../receive-payload";
import { checkFunctionUrlConfig, type FunctionUrlConfig } from "./function-url-config";
import { serveUrl, type UrlInvoker } from "./serve-url";
import { urlRequestOf } from "./url-request";
import { refused, type UrlResponse } from "./url-response";

/** What function URLs are made with. */
export interface FunctionUrlsOptions extends ServiceOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  metrics: MetricSink;
  invoker: UrlInvoker;
}

/** The URL of one function, or of one of its aliases. */
export interface FunctionUrl {
  /** With the alias, if it is an alias's: `name:alias`. */
  functionName: string;
  /** Identifier of the URL. */
  urlId: string;
  config: FunctionUrlConfig;
}

/** A call of a URL, as far as it has arrived. */
interface ReceivedCall {
  requestId: string;
  record: RequestRecord | undefined;
  body?: Buffer;
}

/**
 * The URLs of functions: each on a port of its own, which it keeps over restarts, by plain HTTP.
 *
 * Not emulated: response streaming, and the operations of Lambda's API that manage URLs.
 */
export class FunctionUrls {
  readonly #options: FunctionUrlsOptions;
  readonly #ports: RememberedPorts;
  readonly #urls = new Map<string, FunctionUrl>();
  /** By the names of functions and aliases, which need not have a URL yet. */
  readonly #hosts = new Map<string, Promise<string>>();
  readonly #servers: Server[] = [];

  constructor(options: FunctionUrlsOptions) {
    this.#options = options;
    this.#ports = new RememberedPorts(join(options.dataDir, "url-ports.json"));
  }

  /** The host and port that a function's URL has or will have, in place of `….lambda-url.….on.aws`. */
  async hostOf(functionName: string): Promise<string> {
    const host = this.#hosts.get(functionName) ?? this.#listen(functionName);
    this.#hosts.set(functionName, host);
    return host;
  }

  /**
   * Gives a function a URL.
   *
   * @throws AwsError `ResourceConflictException`, `ValidationException`,
   * `InvalidParameterValueException`, `NotImplemented`.
   */
  async create(url: FunctionUrl): Promise<void> {
    const { functionName, config } = url;
    checkFunctionUrlConfig(config);
    if (this.#urls.has(functionName)) {
      const arn = functionArn(functionName, this.#options.account);
      throw new AwsError(
        "ResourceConflictException",
        `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        409,
      );
    }
    const host = await this.hostOf(functionName);
    this.#ports.set(functionName, Number(host.split(":")[1]));
    this.#urls.set(functionName, url);
  }

  /**
   * Replaces the configuration of a function's URL, which stays the same.
   *
   * @throws AwsError as {@link FunctionUrls.create}, and `ResourceNotFoundException`.
   */
  update(functionName: string, config: FunctionUrlConfig): void {
    const url = this.#urls.get(functionName);
    if (url === undefined) {
      throw noResource();
    }
    checkFunctionUrlConfig(config);
    this.#urls.set(functionName, { ...url, config });
  }

  /** The URL of a function, if it has one. */
  async find(functionName: string): Promise<(FunctionUrl & { url: string }) | undefined> {
    const found = this.#urls.get(functionName);
    return found && { ...found, url: `http://${await this.hostOf(functionName)}/` };
  }

  /** The URLs of a function and its aliases. */
  async of(functionName: string): Promise<(FunctionUrl & { url: string })[]> {
    const names = [...this.#urls.keys()].filter((name) => name.split(":")[0] === functionName);
    const found = await Promise.all(names.map((name) => this.find(name)));
    return found.filter((url) => url !== undefined);
  }

  /** Takes the URL from a function, if it has one. */
  delete(functionName: string): void {
    this.#urls.delete(functionName);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.splice(0).map((server) => close(server)));
  }

  async #listen(functionName: string): Promise<string> {
    const server = createServer((message, response) => {
      void this.#answer(functionName, message, response);
    });
    this.#servers.push(server);
    const { notify, host = loopbackHost } = this.#options;
    const place = {
      port: this.#ports.get(functionName),
      title: `the URL of the function ${functionName}`,
      host,
      notify,
    };
    return `${host.name}:${await listenAgain(server, place)}`;
  }

  async #answer(
    functionName: string,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const record = this.#options.recorder?.beginRequest({
      source: "url",
      id: requestId,
      method: message.method ?? "GET",
      url: message.url ?? "/",
      rawHeaders: message.rawHeaders,
      origin: `http://${(this.#options.host ?? loopbackHost).name}:${message.socket.localPort}`,
    });
    const call: ReceivedCall = { requestId, record };
    const answer = await this.#serve(functionName, message, call);
    record?.end({
      status: answer.statusCode,
      requestBody: call.body,
      responseHeaders: answer.headers,
      responseBody: answer.body,
    });
    send(message, response, answer, requestId);
    this.#measure(functionName, answer, performance.now() - startedAt);
  }

  async #serve(
    functionName: string,
    message: IncomingMessage,
    call: ReceivedCall,
  ): Promise<UrlResponse> {
    const url = this.#urls.get(functionName);
    const domainName = await this.hostOf(functionName);
    if (url === undefined) {
      return refused(403, "AccessDeniedException", { Message: null });
    }
    try {
      call.body = await receivePayload(message);
      const request = urlRequestOf(message, call.body);
      return await serveUrl(request, { ...url, ...this.#options, domainName, ...call });
    } catch (error) {
      const {
        code,
        message: text,
        statusCode,
      } = error instanceof AwsError
        ? error
        : new AwsError("ServiceException", `Internal failure: ${String(error)}`, 500);
      return refused(statusCode, code, { Message: text });
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
  #measure(functionName: string, { statusCode }: UrlResponse, latencyMs: number): void {
    const values = {
      UrlRequestCount: 1,
      Url4xxCount: Number(statusCode >= 400 && statusCode < 500),
      Url5xxCount: Number(statusCode >= 500),
      UrlRequestLatency: latencyMs,
    };
    const [functionsName = "", qualifier] = functionName.split(":");
    const target = { name: functionsName, qualifier, alias: undefined };
    for (const dimensions of metricDimensions(target)) {
      for (const [name, value] of Object.entries(values)) {
        const unit = name === "UrlRequestLatency" ? "Milliseconds" : "Count";
        this.#options.metrics.put({ namespace: "AWS/Lambda", name, dimensions, value, unit });
      }
    }
  }
}

function send(
  message: IncomingMessage,
  response: ServerResponse,
  { statusCode, headers, body }: UrlResponse,
  requestId: string,
): void {
  response.writeHead(statusCode, {
    ...headers,
    "x-amzn-requestid": requestId,
    ...(hasBody(statusCode) && { "content-length": body.length }),
  });
  response.end(hasBody(statusCode) && message.method !== "HEAD" ? body : undefined);
}

function hasBody(statusCode: number): boolean {
  return statusCode >= 200 && statusCode !== 204 && statusCode !== 304;
}
