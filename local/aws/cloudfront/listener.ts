import { createServer as createHttpServer } from "node:http";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { listenAgain, type LastPlace } from "../listen-again";
import type { Certificate } from "./certificate";

/** First byte of a TLS handshake. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const tlsHandshake = 0x16;

/**
 * One port that speaks HTTPS and, to whoever starts without TLS, HTTP, in place of CloudFront's
 * ports 443 and 80. HTTP/1.1 only: HTTP/2 and 3 are not emulated.
 */
export class Listener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /**
   * @param respond gets requests of both kinds; `request.socket` tells which.
   * @param certificate without one, the port speaks HTTP alone.
   * @param named the certificate for a name that a client asks for, if there is one of its own.
   */
  constructor(
    respond: RequestListener,
    certificate?: Certificate,
    named: (serverName: string) => Certificate | undefined = () => undefined,
  ) {
    const http = createHttpServer(respond);
    const https = certificate && createHttpsServer(tlsOptions(certificate, named), respond);
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      // A viewer that resets its connection is no concern of anybody else's.
      socket.on("error", () => socket.destroy());
      socket.once("data", (start: Buffer) => {
        socket.pause();
        socket.unshift(start);
        const server = start[0] === tlsHandshake && https ? https : http;
        server.emit("connection", socket);
        process.nextTick(() => socket.resume());
      });
    });
  }

  /** See {@link listenAgain}. */
  async start(place: LastPlace): Promise<number> {
    return await listenAgain(this.#server, place);
  }

  /** Cuts all connections and frees the port. */
  async stop(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await closed;
  }
}

function tlsOptions(
  { cert, key }: Certificate,
  named: (serverName: string) => Certificate | undefined,
): ServerOptions {
  return {
    cert,
    key,
    SNICallback: (serverName, use) => {
      const own = named(serverName);
      use(null, own && createSecureContext({ cert: own.cert, key: own.key }));
    },
  };
}
