import { Listener } from "./listener";
import type { ServeServices } from "./pipeline/serve";

interface OpenListener {
  listener: Listener;
  /** `http://127.0.0.1:<port>`. */
  url: string;
}

/** The ports of REST APIs, which are open before the APIs exist: programs are told of them early. */
export class Listeners {
  readonly #services: ServeServices;
  readonly #opened: Listener[] = [];
  readonly #byApi = new Map<string, Promise<OpenListener>>();
  /** Waits for the first API. */
  #first: Promise<OpenListener> | undefined;

  constructor(services: ServeServices) {
    this.#services = services;
  }

  /**
   * Opens the first API's port, so that a taken one shows before anything is created.
   *
   * @throws the system's error, such as `EADDRINUSE`.
   */
  async start(port: number): Promise<void> {
    this.#first = this.#open(port);
    await this.#first;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#opened.map((listener) => listener.close()));
  }

  /** The listener of an API; APIs after the first get any free port. */
  of(restApiId: string): Promise<OpenListener> {
    const listener = this.#byApi.get(restApiId) ?? this.#first ?? this.#open(0);
    if (listener === this.#first) {
      this.#first = undefined;
    }
    this.#byApi.set(restApiId, listener);
    return listener;
  }

  async #open(port: number): Promise<OpenListener> {
    const listener = new Listener(this.#services);
    const url = await listener.open(port);
    this.#opened.push(listener);
    return { listener, url };
  }
}
