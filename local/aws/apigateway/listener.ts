import { createServer, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { close, listen, type Host } from "../http";
import { listenAgain, type LastPlace } from "../listen-again";
import { byStage } from "./locate";
import { serve, type ServeServices } from "./pipeline/serve";
import type { RestApi } from "./state";

/**
 * Limits against clients that are slow on purpose, and of the headers. AWS allows 10,240 bytes for
 * all header values; here names count too, and the answer is 400 for all that is malformed.
 */
const serverOptions = { maxHeaderSize: 10_240, headersTimeout: 10_000, requestTimeout: 60_000 };

/** A port that serves one API. Until it has one, every request is forbidden. */
export class Listener {
  readonly #server: Server;
  /** The last response on each connection. */
  readonly #responses = new WeakMap<Duplex, ServerResponse>();
  api: RestApi | undefined;

  constructor(services: ServeServices) {
    this.#server = createServer(serverOptions, (message, response) => {
      this.#responses.set(message.socket, response);
      serve(services, (url) => byStage(this.api, url), message, response);
    });
    this.#server.on("clientError", (error, socket) => {
      this.#afterResponses(socket, () => {
        refuse(error, socket);
      });
    });
  }

  /**
   * Opens a port, or any other when it is taken.
   *
   * @returns the port. @throws the system's error.
   */
  async reopen(place: LastPlace): Promise<number> {
    return await listenAgain(this.#server, place);
  }

  /** Opens this very port. @throws the system's error, such as `EADDRINUSE`. */
  async open(port: number, host: Host): Promise<number> {
    return await listen(this.#server, port, host.address);
  }

  async close(): Promise<void> {
    await close(this.#server);
  }

  /** Whole requests are answered before what follows them, or else it would seem to be the answer. */
  #afterResponses(socket: Duplex, act: () => void): void {
    const response = this.#responses.get(socket);
    if (response?.req.complete && !response.closed) {
      response.once("close", act);
    } else {
      act();
    }
  }
}

/** Answers what is no HTTP request. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
  const body = '{"message":"Bad Request"}';
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}
