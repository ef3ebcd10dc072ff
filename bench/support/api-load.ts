import { Agent, request } from "node:http";

/** An API to measure, and the key that it asks for. */
export interface Target {
  url: string;
  apiKey: string;
}

/** One kind of request. */
export interface Operation {
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: Buffer;
}

/** What came of sending requests for some time. */
export interface Sent {
  requests: number;
  seconds: number;
}

/** Sends requests over connections that are kept open, as SDKs and browsers do. */
export class ApiLoad {
  readonly #target: Target;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(target: Target) {
    this.#target = target;
  }

  /**
   * Keeps `atOnce` requests under way for so many seconds.
   *
   * @throws Error when one is not answered with success.
   */
  async send(operation: Operation, seconds: number, atOnce: number): Promise<Sent> {
    const start = performance.now();
    let requests = 0;
    const client = async (): Promise<void> => {
      while (performance.now() - start < seconds * 1000) {
        await this.call(operation);
        requests++;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, client));
    return { requests, seconds: (performance.now() - start) / 1000 };
  }

  /** @returns the answer's body. @throws Error when it is no success. */
  async call({ method, path, headers, body }: Operation): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#target.url}${path}`, {
        agent: this.#agent,
        method,
        headers: {
          ...headers,
          "x-api-key": this.#target.apiKey,
          ...(body && { "content-length": body.length }),
        },
      });
      sent.on("error", reject).on("response", (response) => {
        const chunks: Buffer[] = [];
        response
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("error", reject)
          .on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const { statusCode = 0 } = response;
            if (statusCode >= 200 && statusCode < 300) {
              resolve(text);
            } else {
              reject(new Error(`${method} ${path} was answered ${statusCode}: ${text}`));
            }
          });
      });
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
