import { connect, type Socket } from "node:net";
import type { SpoiltRequest } from "./request";

/** An answer as it came over the wire. */
export interface Answer {
  status: number;
  /** By name in lower case; of repeated ones the last. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What came of a request. */
export interface Outcome {
  /** One, but for what the server took for several requests or for none. */
  answers: readonly Answer[];
  /** Whether the server neither answered nor closed in time. */
  hangs: boolean;
  milliseconds: number;
}

/** Longest that a request may take: the gateway's own patience with a function, and a little more. */
const patienceMs = 35_000;

/** Sends bytes that no HTTP client would send. Keeps its connection open as clients do. */
export class Connection {
  readonly #url: URL;
  #socket: Socket | undefined;

  constructor(url: URL) {
    this.#url = url;
  }

  /** Sends a request, on a new connection of its own if it may not be HTTP. */
  async send(request: SpoiltRequest): Promise<Outcome> {
    const started = performance.now();
    const kept = request.isHttp ? this.#socket : undefined;
    this.#socket = undefined;
    let received = await this.#exchange(request, kept);
    if (kept && received.answers.length === 0 && !received.hangs) {
      // The server may close what nobody used for a while at the moment that it is used.
      received = await this.#exchange(request, undefined);
    }
    return { ...received, milliseconds: performance.now() - started };
  }

  close(): void {
    this.#socket?.destroy();
  }

  async #exchange(
    request: SpoiltRequest,
    kept: Socket | undefined,
  ): Promise<Omit<Outcome, "milliseconds">> {
    const socket = kept ?? connect(Number(this.#url.port), this.#url.hostname);
    const { answers, end } = await exchange(socket, request);
    if (end === "answered" && answers.at(-1)?.headers.connection !== "close") {
      this.#socket = socket;
    } else {
      socket.destroy();
    }
    return { answers, hangs: end === "silent" };
  }
}

/** Sends a request, and reads on until it is answered, or the connection is closed if it is no HTTP. */
async function exchange(
  socket: Socket,
  { bytes, isHttp, isHead }: SpoiltRequest,
): Promise<{ answers: Answer[]; end: "answered" | "closed" | "silent" }> {
  let received: Buffer = Buffer.alloc(0);
  const end = await new Promise<"answered" | "closed" | "silent">((resolve) => {
    const timer = setTimeout(resolve, patienceMs, "silent");
    const finish = (how: "answered" | "closed") => {
      clearTimeout(timer);
      resolve(how);
    };
    socket.removeAllListeners();
    // Whatever goes wrong with a connection closes it.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      finish("closed");
    });
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isHttp && parseAnswers(received, isHead).length > 0) {
        finish("answered");
      }
    });
    if (isHttp) {
      socket.write(bytes);
    } else {
      // What waits for more would wait for ever.
      socket.end(bytes);
    }
  });
  return { answers: parseAnswers(received, isHead), end };
}

/** The whole answers in `received`, without interim ones. */
export function parseAnswers(received: Buffer, isHead: boolean): Answer[] {
  const answers: Answer[] = [];
  let rest = received;
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) {
      return answers;
    }
    const [statusLine = "", ...lines] = rest.subarray(0, end).toString("latin1").split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const status = Number(statusLine.split(" ")[1]);
    const length = isHead ? 0 : Number(headers["content-length"] ?? 0);
    const body = rest.subarray(end + 4, end + 4 + length);
    if (body.length < length) {
      return answers;
    }
    rest = rest.subarray(end + 4 + length);
    if (status >= 200) {
      answers.push({ status, headers, body });
    }
  }
}
