import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { calledOperation, signingNameOf } from "../api/called-operation";
import { sendError } from "../api/send-error";
import { AwsError } from "../aws-error";
import { readBody } from "../http";
import { notEmulated } from "../not-emulated";
import { ServicePort, type ServicePortOptions } from "../service-port";
import type { Service, ServiceOptions } from "../types";

/** More than any request needs to say what it asks for. */
const maxBodyBytes = 16 * 1024 * 1024;

/** Of STS: who calls these has no credentials yet. */
const unsignedOperations = ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

/** What the endpoint is made with. */
export interface EndpointOptions extends ServicePortOptions {
  recorder?: ServiceOptions["recorder"];
  /** What answers requests, by the name that they are signed for, such as `s3`. */
  services: () => Readonly<Record<string, RequestListener>>;
}

/**
 * One address for all services, told apart by what a request is signed for: `AWS_ENDPOINT_URL` of
 * functions, SDKs and the `aws` command.
 *
 * A request to a service that the local cloud does not have fails at once with a clear error, in the
 * protocol that it is asked in, and never leaves the machine. What nobody signed is taken for S3's, unless it
 * names an operation as S3 does not.
 */
export class Endpoint implements Service {
  readonly #options: EndpointOptions;
  readonly #port: ServicePort;

  constructor(options: EndpointOptions) {
    this.#options = options;
    const server = createServer((request, response) => {
      this.#answer(request, response);
    });
    this.#port = new ServicePort(server, "endpoint", "the endpoint of all services", options);
  }

  /** Where it is, once it has started. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    await this.#port.open();
  }

  async stop(): Promise<void> {
    await this.#port.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const services = this.#options.services();
    const name = signingNameOf(request) ?? (namesOperation(request) ? "" : "s3");
    const answer = Object.hasOwn(services, name) ? services[name] : undefined;
    if (answer) {
      answer(request, response);
      return;
    }
    this.#refuse(request, response).catch(() => {
      // The client has gone.
      response.destroy();
    });
  }

  async #refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, maxBodyBytes);
    const { name, service, protocol } = calledOperation(request, body?.toString("latin1") ?? "");
    const error = refusalOf(request, name, service);
    this.#options.notify(error.message);
    const call = { service, operation: name, traceId: request.headers["x-amzn-trace-id"] };
    await this.#options.recorder?.call(call, () => Promise.reject(error)).catch(() => undefined);
    await sendError(response, error, protocol);
  }
}

function refusalOf(request: IncomingMessage, name: string, service: string): AwsError {
  if (signingNameOf(request) !== undefined || !namesOperation(request)) {
    return notEmulated(`${name} of ${service}`);
  }
  if (unsignedOperations.includes(name)) {
    return notEmulated(`${name} of sts`);
  }
  return request.headers["x-amz-target"] === undefined
    ? new AwsError("MissingAuthenticationToken", "Missing Authentication Token", 403)
    : new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
}

/** Whether a request says what it asks for in JSON's way, or that of the query protocol. */
function namesOperation({ method, url = "", headers }: IncomingMessage): boolean {
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return (
    method === "POST" &&
    /^\/(?:\?|$)/.test(url) &&
    (isForm || headers["x-amz-target"] !== undefined)
  );
}
