import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";

/** The one address that local services listen on: never reachable from another machine. */
export const loopback = "127.0.0.1";

/**
 * Starts `server` on the loopback address.
 *
 * @param port 0 takes any free port.
 * @returns the port that it listens on.
 * @throws the system's error, such as `EADDRINUSE`, when the port cannot be had.
 */
export async function listen(server: NetServer, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, loopback, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** As {@link listen}, but on any free port when `port` is taken. */
export async function listenPreferably(server: NetServer, port = 0): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    if (port !== 0 && (error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      return listen(server);
    }
    throw error;
  }
}

/** Stops `server`, cutting the connections that clients keep open, and frees its port. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  await new Promise<void>((resolve, reject) => {
    server.close((error) => {
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    });
    server.closeAllConnections();
  });
}

/** The whole body of `request`, or `undefined` when it is longer than `maxBytes`. */
export async function readBody(
  request: IncomingMessage,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) {
      chunks.push(chunk);
    }
  }
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}
