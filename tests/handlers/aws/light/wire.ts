import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import type { NodeHttpHandlerOptions } from "@smithy/node-http-handler";

/** What a service answers with. */
export interface Answer {
  statusCode?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** What was sent, as far as it is the same for everybody who asks for the same. */
export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What tells who sends, when, and for how manieth time. */
const ofTheSender =
  /^(user-agent|x-amz-user-agent|amz-sdk-|authorization|x-amz-date|x-amzn-trace-id)/;

/** Stands for the network: keeps what is sent, and answers as it is told. */
export class Wire {
  readonly sent: Sent[] = [];
  readonly requests: HttpRequest[] = [];
  readonly #answers: Answer[];

  /** @param answers in this order; the last one again and again. */
  constructor(...answers: Answer[]) {
    this.#answers = answers;
  }

  /** For clients of either kind. */
  get requestHandler(): NodeHttpHandlerOptions {
    return { handle: (request: HttpRequest) => this.#handle(request) } as NodeHttpHandlerOptions;
  }

  async #handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    this.requests.push(request);
    const bytes = await bytesOf(request.body);
    this.sent.push({
      method: request.method,
      url: urlOf(request),
      headers: commonHeaders(request, bytes),
      body: inOrder(bytes.toString()),
    });
    const [next = {}] = this.#answers.length > 1 ? this.#answers.splice(0, 1) : this.#answers;
    const { statusCode = 200, headers = {}, body = "{}" } = next;
    return {
      response: new HttpResponse({ statusCode, headers, body: Readable.from([Buffer.from(body)]) }),
    };
  }
}

function urlOf({ protocol, hostname, port, path, query }: HttpRequest): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`);
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${protocol}//${host}${path}?${pairs.sort().join("&")}`;
}

/** The digest of a body is told as such, since two may be the same but for the order of members. */
function commonHeaders({ headers }: HttpRequest, body: Buffer): Record<string, string> {
  const digest = createHash("sha256").update(body).digest("hex");
  const common = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value === digest ? "its digest" : value] as const)
    .filter(([name]) => !ofTheSender.test(name));
  return Object.fromEntries(common.sort());
}

/** The same JSON with the members of each object in alphabetical order. */
function inOrder(text: string): string {
  return text.startsWith("{")
    ? JSON.stringify(JSON.parse(text), (_name, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort())
          : value,
      )
    : text;
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (!(body instanceof Readable)) {
    return Buffer.from((body ?? "") as string);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks);
}
