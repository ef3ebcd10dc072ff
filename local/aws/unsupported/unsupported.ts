import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { close, listen, loopback, readBody } from "../http";
import { notEmulated } from "../not-emulated";
import type { Service, ServiceOptions } from "../types";
import { calledOperation } from "./called-operation";
import { errorInProtocol } from "./error-in-protocol";

/** More than any request needs to say what it asks for. */
const maxBodyBytes = 16 * 1024 * 1024;

/**
 * The endpoint of every AWS service that the local cloud does not have.
 *
 * Functions get it as `AWS_ENDPOINT_URL`, so that a call to such a service fails at once with a
 * clear error and never leaves the machine. It answers in the protocol that it is asked in, or else
 * an SDK would only say that it cannot read the answer. Signatures are not checked.
 */
export class Unsupported implements Service {
  readonly #options: Pick<ServiceOptions, "notify" | "recorder">;
  readonly #server = createServer((request, response) => {
    this.#refuse(request, response).catch(() => {
      // The client has gone.
      response.destroy();
    });
  });
  #port = 0;

  constructor(options: Pick<ServiceOptions, "notify" | "recorder">) {
    this.#options = options;
  }

  get url(): string {
    return `http://${loopback}:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#port = await listen(this.#server);
  }

  async stop(): Promise<void> {
    await close(this.#server);
  }

  async #refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, maxBodyBytes);
    const { name, service, protocol } = calledOperation(request, body?.toString("latin1") ?? "");
    const error = notEmulated(`${name} of ${service}`);
    this.#options.notify(error.message);
    const call = { service, operation: name, traceId: request.headers["x-amzn-trace-id"] };
    await this.#options.recorder?.call(call, () => Promise.reject(error)).catch(() => undefined);
    const { headers, content } = errorInProtocol(error, protocol);
    response.writeHead(error.statusCode, headers);
    response.end(content);
  }
}
