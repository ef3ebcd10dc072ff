import type { RequestListener, Server } from "node:http";
import { Readable } from "node:stream";

import dynalite from "dynalite";

import { close, listen } from "../http";

/** What dynalite answers. */
export interface EngineAnswer {
  statusCode: number;
  /** JSON text. */
  body: string;
}

/** dynalite checks no signatures, but refuses requests that do not look signed. */
const headers = {
  "content-type": "application/x-amz-json-1.0",
  "x-amz-date": "20260101T000000Z",
  authorization: "AWS4-HMAC-SHA256 Credential=front, SignedHeaders=host, Signature=none",
};

/**
 * dynalite behind a listener of ours. It checks neither signatures nor permissions, so it gets no
 * port of its own: its server serves our listener, and its handler is called from here only.
 */
export class Engine {
  readonly #server: Server;
  readonly #handler: RequestListener;

  /**
   * @param path folder of the store. A write that was answered survives `kill -9`.
   * @param listener serves all requests from outside.
   */
  constructor(path: string, listener: RequestListener) {
    this.#server = dynalite({ path, createTableMs: 0, deleteTableMs: 0 });
    const [handler] = this.#server.listeners("request");
    this.#handler = handler as RequestListener;
    this.#server.removeAllListeners("request");
    this.#server.on("request", listener);
  }

  /** @returns the port. */
  async listen(): Promise<number> {
    return listen(this.#server);
  }

  async close(): Promise<void> {
    await close(this.#server);
  }

  /** @param operation such as `PutItem`. */
  async call(operation: string, input: object): Promise<EngineAnswer> {
    const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(input))]), {
      method: "POST",
      url: "/",
      headers: { ...headers, "x-amz-target": `DynamoDB_20120810.${operation}` },
    });
    return new Promise((resolve) => {
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (body: string) => {
          resolve({ statusCode: response.statusCode, body });
        },
      };
      // dynalite uses no more of a request and a response than these members.
      (this.#handler as (request: object, response: object) => void)(request, response);
    });
  }
}
