import { join } from "node:path";
import { loopbackHost, type Host } from "../http";
import { RememberedPorts } from "../remembered-ports";
import { Listener } from "./listener";
import type { ServeServices } from "./pipeline/serve";
import type { RestApi } from "./state";

interface OpenListener {
  listener: Listener;
  /** `http://127.0.0.1:<port>`. */
  url: string;
}

/** What listeners are made with. */
export interface ListenersOptions {
  /** Folder in which ports are remembered. */
  dataDir: string;
  notify: (line: string) => void;
  host?: Host;
}

/** The first API's port is remembered under this name, whatever API it is; no API has such an id. */
const firstId = "first";

/** The ports of REST APIs, which are open before the APIs exist: programs are told of them early. */
export class Listeners {
  readonly #services: ServeServices;
  readonly #options: ListenersOptions;
  readonly #ports: RememberedPorts;
  readonly #opened: Listener[] = [];
  readonly #byApi = new Map<string, Promise<OpenListener>>();
  /** Waits for the first API. */
  #first: Promise<OpenListener> | undefined;
  /** What was opened for the first API. */
  #main: OpenListener | undefined;

  constructor(services: ServeServices, options: ListenersOptions) {
    this.#services = services;
    this.#options = options;
    this.#ports = new RememberedPorts(join(options.dataDir, "ports.json"));
  }

  /**
   * Opens the first API's port, so that a taken one shows before anything is created.
   *
   * @param port 0 takes the one of the last start, or else any free one.
   * @throws the system's error, such as `EADDRINUSE`.
   */
  async start(port: number): Promise<void> {
    this.#first = port === 0 ? this.#reopen(firstId) : this.#open(port);
    this.#main = await this.#first;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#opened.map((listener) => listener.close()));
  }

  /** The listener of an API; APIs after the first have ports of their own, the same at every start. */
  of(restApiId: string): Promise<OpenListener> {
    const listener = this.#byApi.get(restApiId) ?? this.#first ?? this.#reopen(restApiId);
    if (listener === this.#first) {
      this.#first = undefined;
    }
    this.#byApi.set(restApiId, listener);
    return listener;
  }

  /**
   * Serves an API no more. The first API's port is that of the run: it goes to another API at once, and without one to
   * the next that is made. At the next start, it would be there, too.
   */
  async leave(restApiId: string, other: RestApi | undefined): Promise<void> {
    const { listener } = await this.of(restApiId);
    listener.api = undefined;
    this.#byApi.delete(restApiId);
    const main = this.#main;
    if (main && (main.listener === listener || main.listener.api?.id === restApiId)) {
      main.listener.api = other;
      this.#first = other ? undefined : Promise.resolve(main);
    }
  }

  async #open(port: number): Promise<OpenListener> {
    const listener = new Listener(this.#services);
    return this.#opens(listener, await listener.open(port, this.#host));
  }

  async #reopen(id: string): Promise<OpenListener> {
    const listener = new Listener(this.#services);
    const port = await listener.reopen({
      port: this.#ports.get(id),
      title: id === firstId ? "the API" : `the REST API ${id}`,
      host: this.#host,
      notify: this.#options.notify,
    });
    this.#ports.set(id, port);
    return this.#opens(listener, port);
  }

  #opens(listener: Listener, port: number): OpenListener {
    this.#opened.push(listener);
    return { listener, url: `http://${this.#host.name}:${port}` };
  }

  get #host(): Host {
    return this.#options.host ?? loopbackHost;
  }
}
