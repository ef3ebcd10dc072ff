import type { RequestListener, Server } from "node:http";
import { join } from "node:path";
import { close, loopbackHost, type Host } from "./http";
import { listenAgain } from "./listen-again";
import { RememberedPorts } from "./remembered-ports";

/** What a port is opened with. */
export interface ServicePortOptions {
  /** Folder of the service, in which its ports are remembered. */
  dataDir: string;
  notify: (line: string) => void;
  host?: Host;
}

/** The port of a service's API: it stays the same over restarts on one data folder. */
export class ServicePort {
  readonly #options: ServicePortOptions;
  readonly #server: Server;
  readonly #id: string;
  readonly #title: string;
  #port = 0;

  /**
   * @param id tells apart the ports of one service.
   * @param title what is served there, as a person calls it, such as `S3`.
   */
  constructor(server: Server, id: string, title: string, options: ServicePortOptions) {
    this.#server = server;
    this.#id = id;
    this.#title = title;
    this.#options = options;
  }

  /** Where it is, once it is open. */
  get url(): string {
    return `http://${(this.#options.host ?? loopbackHost).name}:${this.#port}`;
  }

  /** Answers a request that arrived elsewhere. */
  get answer(): RequestListener {
    return (request, response) => {
      this.#server.emit("request", request, response);
    };
  }

  /** @throws the system's error when no port can be had. */
  async open(): Promise<void> {
    const { dataDir, notify, host } = this.#options;
    const ports = new RememberedPorts(join(dataDir, "ports.json"));
    const place = { port: ports.get(this.#id), title: this.#title, host, notify };
    this.#port = await listenAgain(this.#server, place);
    ports.set(this.#id, this.#port);
  }

  /** Frees the port. */
  async close(): Promise<void> {
    await close(this.#server);
  }
}
