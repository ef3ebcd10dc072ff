import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { join } from "node:path";

import { readJson, writeJson } from "../aws/files";
import { close, loopback } from "../aws/http";
import { listenAgain } from "../aws/listen-again";
import type { Handler } from "./handler";

/** What the issuer is made with. */
export interface LocalIssuerOptions {
  /** The data folder of the run; the issuer has a folder of its own in it. */
  dataDir: string;
  /** `aud` of access tokens for which a client names no resource. */
  audience: string;
  /** Prints one line to the person who runs the local cloud. */
  notify: (line: string) => void;
}

/**
 * An OpenID Connect issuer for local use, which takes anybody for whoever they say they are.
 *
 * It keeps its address and its keys over restarts. Until somebody asks it for something, it is a
 * listening socket and no more: its package is neither loaded, nor are keys made.
 */
export class LocalIssuer {
  readonly #options: LocalIssuerOptions;
  readonly #server: Server;
  #port = 0;
  #handler: Promise<Handler> | undefined;

  constructor(options: LocalIssuerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.#tell(error);
        if (!response.headersSent) {
          response.writeHead(500);
        }
        response.end();
      });
    });
  }

  /** `iss` of its tokens, and where it is, once it has started. */
  get url(): string {
    return urlOf(this.#port);
  }

  async start(): Promise<void> {
    const { dataDir, audience, notify } = this.#options;
    const place = { port: readRecord(dataDir)?.port, title: "the token issuer", notify };
    this.#port = await listenAgain(this.#server, place);
    writeRecord(dataDir, { port: this.#port, audience });
  }

  async stop(): Promise<void> {
    await close(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handle = await this.#load();
    // The package takes its own address from this header, which is the client's to choose.
    request.headers.host = `${loopback}:${this.#port}`;
    await handle(request, response);
  }

  /** What failed once is tried again at the next request. */
  async #load(): Promise<Handler> {
    try {
      this.#handler ??= this.#makeHandler();
      return await this.#handler;
    } catch (error) {
      this.#handler = undefined;
      throw error;
    }
  }

  async #makeHandler(): Promise<Handler> {
    const { dataDir, audience } = this.#options;
    const { makeHandler } = await import("./handler.js");
    const onError = (error: Error) => {
      this.#tell(error);
    };
    return makeHandler({ dir: issuerFolder(dataDir), url: this.url, audience, onError });
  }

  #tell(error: unknown): void {
    this.#options.notify(`The local issuer failed: ${String(error)}`);
  }
}

/** The folder in which the issuer of a data folder keeps what is its own. */
export function issuerFolder(dataDir: string): string {
  return join(dataDir, "issuer");
}

/** What the issuer of a data folder was when it last started; `undefined` if it never did. */
export function lastIssuerOf(dataDir: string): { url: string; audience: string } | undefined {
  const record = readRecord(dataDir);
  return record && { url: urlOf(record.port), audience: record.audience };
}

/** What an issuer keeps of a run: its address goes on to be the same. */
interface IssuerRecord {
  port: number;
  audience: string;
}

function readRecord(dataDir: string): IssuerRecord | undefined {
  const file = recordFile(dataDir);
  return existsSync(file) ? (readJson(file) as IssuerRecord) : undefined;
}

function writeRecord(dataDir: string, record: IssuerRecord): void {
  mkdirSync(issuerFolder(dataDir), { recursive: true, mode: 0o700 });
  writeJson(recordFile(dataDir), record);
}

function recordFile(dataDir: string): string {
  return join(issuerFolder(dataDir), "issuer.json");
}

function urlOf(port: number): string {
  return `http://${loopback}:${port}`;
}
