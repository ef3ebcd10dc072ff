import { createServer } from "node:http";
import { close, listen, loopback } from "./http";
import type { Service } from "./types";

/**
 * The endpoint of every AWS service that the local cloud does not have.
 *
 * Functions get it as `AWS_ENDPOINT_URL`, so that a call to such a service fails at once with a
 * clear error and never leaves the machine.
 */
export class Unsupported implements Service {
  readonly #notify: (line: string) => void;
  readonly #server = createServer((request, response) => {
    const target =
      request.headers["x-amz-target"] ?? `${request.method ?? ""} ${request.url ?? ""}`;
    const message = `The local cloud does not emulate this service: ${String(target).split("?")[0] ?? ""}`;
    this.#notify(message);
    request.resume();
    response.writeHead(501, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": "NotImplemented",
    });
    response.end(JSON.stringify({ __type: "NotImplemented", message }));
  });
  #port = 0;

  constructor(options: { notify: (line: string) => void }) {
    this.#notify = options.notify;
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
}
