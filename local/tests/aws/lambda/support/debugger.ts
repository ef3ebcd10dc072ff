import { once } from "node:events";
import { SourceMap, type SourceMapPayload } from "node:module";

/** A message of the DevTools protocol: an event, or an answer. */
interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
}

/** Where a process stands still. */
export interface Pause {
  /** A URL. */
  source: string;
  /** Counted from 1. */
  line: number;
  /** Of the innermost frame. */
  callFrameId: string;
}

/** A debugger that is attached to a process, and knows TypeScript by source maps. */
export class Debugger {
  readonly #socket: WebSocket;
  readonly #received: Message[] = [];
  readonly #maps = new Map<string, SourceMap>();
  #lastId = 0;

  /** Attaches to what listens on a port, as soon as something does. */
  static async attach(port: number): Promise<Debugger> {
    const socket = new WebSocket(await debuggerUrl(port));
    const attached = new Debugger(socket);
    await once(socket, "open");
    await attached.#send("Debugger.enable");
    return attached;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.#received.push(JSON.parse(String(data)) as Message);
      socket.dispatchEvent(new Event("received"));
    });
    // Who only waits for the end hears of it first.
    socket.addEventListener("close", () => {
      setImmediate(() => socket.dispatchEvent(new Event("received")));
    });
  }

  /** Sets a breakpoint at a line of a source; lines are counted from 1. */
  async breakAt(source: string, line: number): Promise<void> {
    const { scriptId, map } = await this.#scriptOf(source);
    const generated = generatedLine(map, source, line);
    await this.#send("Debugger.setBreakpoint", { location: { scriptId, lineNumber: generated } });
  }

  /** The next place where the process stands still. */
  async paused(): Promise<Pause> {
    const { params } = await this.#message(({ method }) => method === "Debugger.paused");
    const [frame] = params?.callFrames as [
      {
        callFrameId: string;
        location: { scriptId: string; lineNumber: number; columnNumber: number };
      },
    ];
    const { scriptId, lineNumber, columnNumber } = frame.location;
    const entry = this.#maps.get(scriptId)?.findEntry(lineNumber, columnNumber);
    if (entry === undefined || !("originalSource" in entry)) {
      throw new Error(`Line ${lineNumber} of script ${scriptId} is of no source.`);
    }
    const { originalSource, originalLine } = entry;
    return { source: originalSource, line: originalLine + 1, callFrameId: frame.callFrameId };
  }

  /** What an expression is worth where the process stands still. */
  async evaluate(expression: string, { callFrameId }: Pause): Promise<unknown> {
    const parameters = { callFrameId, expression, returnByValue: true };
    const { result } = await this.#send("Debugger.evaluateOnCallFrame", parameters);
    return (result as { value: unknown }).value;
  }

  async stepOver(): Promise<void> {
    await this.#send("Debugger.stepOver");
  }

  /** Goes on; a process that ends by that may have no time to answer. */
  async resume(): Promise<void> {
    await Promise.race([this.detached(), this.#send("Debugger.resume")]);
  }

  /** Resolves once the process has gone. */
  async detached(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.CLOSED) {
      await once(this.#socket, "close");
    }
  }

  async detach(): Promise<void> {
    this.#socket.close();
    await this.detached();
  }

  async #scriptOf(source: string): Promise<{ scriptId: string; map: SourceMap }> {
    for (;;) {
      const { params = {} } = await this.#message(
        ({ method }) => method === "Debugger.scriptParsed",
      );
      const { scriptId, sourceMapURL } = params as Record<string, string>;
      const [, text] = (sourceMapURL ?? "").split("data:application/json;base64,");
      if (scriptId === undefined || text === undefined) {
        continue;
      }
      const payload = JSON.parse(Buffer.from(text, "base64").toString()) as SourceMapPayload;
      const map = new SourceMap(payload);
      this.#maps.set(scriptId, map);
      if (payload.sources.includes(source)) {
        return { scriptId, map };
      }
    }
  }

  async #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result } = await this.#message((message) => message.id === id);
    if (result === undefined) {
      throw new Error(`${method} is refused.`);
    }
    return result;
  }

  /** The first message like it, which is taken. @throws Error when the process has gone before it comes. */
  async #message(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const index = this.#received.findIndex(isWanted);
      const [found] = index < 0 ? [] : this.#received.splice(index, 1);
      if (found !== undefined) {
        return found;
      }
      if (this.#socket.readyState === WebSocket.CLOSED) {
        throw new Error("The process has gone.");
      }
      await once(this.#socket, "received");
    }
  }
}

/** The first line of the script, counted from 0, that comes from a line of a source. */
function generatedLine(map: SourceMap, source: string, line: number): number {
  for (let generated = 0; generated < 100_000; generated++) {
    for (let column = 0; column < 200; column++) {
      const entry = map.findEntry(generated, column);
      const isThere = "originalSource" in entry && entry.generatedLine === generated;
      if (isThere && entry.originalSource === source && entry.originalLine === line - 1) {
        return generated;
      }
    }
  }
  throw new Error(`Nothing of the script comes from line ${line} of ${source}.`);
}

async function debuggerUrl(port: number): Promise<string> {
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/json/list`);
      const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
      if (target !== undefined) {
        return target.webSocketDebuggerUrl;
      }
    } catch {
      // Not yet, or no more; the test's own timeout bounds the wait.
    }
    await new Promise(setImmediate);
  }
}
