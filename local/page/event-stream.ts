import type { ServerResponse } from "node:http";
import type { PageEvents, ToldRun } from "./api/types";

/** How often a client that nothing happens for hears that the connection stands, in milliseconds. */
const keepAliveMs = 15_000;

/**
 * Starts to watch for something that pages are to be told of, and returns what ends it. It runs only
 * while a page is open.
 */
export type EventSource = (send: SendEvent) => () => void;

/** Tells all open pages of something. */
export type SendEvent = <Name extends keyof PageEvents>(name: Name, data: PageEvents[Name]) => void;

/** The events that open pages hear of, as server-sent events. */
export class EventStream {
  readonly #runId: string;
  #sources: readonly EventSource[] = [];
  readonly #clients = new Set<ServerResponse>();
  #stops: (() => void)[] = [];

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** Tells pages, those that are open too, of what these watch for in place of what did until now. */
  watch(sources: readonly EventSource[]): void {
    this.#stop();
    this.#sources = sources;
    if (this.#clients.size > 0) {
      this.#start();
    }
  }

  /** Tells all pages that are open now. */
  readonly send: SendEvent = (name, data) => {
    this.#write(textOf(name, data));
  };

  /** Sends to `response` what happens from now on, until its client goes. */
  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    // What a browser that lost the run tries again after, in milliseconds.
    response.write("retry: 1000\n\n");
    response.write(textOf("run", { id: this.#runId } satisfies ToldRun));
    this.#clients.add(response);
    response.once("close", () => {
      this.#clients.delete(response);
      if (this.#clients.size === 0) {
        this.#stop();
      }
    });
    if (this.#clients.size === 1) {
      this.#start();
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const client of this.#clients) {
      client.end();
    }
  }

  #start(): void {
    const keepAlive = setInterval(() => {
      this.#write(":\n\n");
    }, keepAliveMs);
    this.#stops = [
      ...this.#sources.map((source) => source(this.send)),
      () => {
        clearInterval(keepAlive);
      },
    ];
  }

  #stop(): void {
    for (const stop of this.#stops.splice(0)) {
      stop();
    }
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      client.write(text);
    }
  }
}

function textOf(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
