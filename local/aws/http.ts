import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";

/** The address that local services listen on unless asked: never reachable from another machine. */
export const loopback = "127.0.0.1";

/** Stands for all addresses of a machine. */
export const everyAddress = "0.0.0.0";

/** Where services listen, and how they are called there. */
export interface Host {
  /** An IPv4 address of this machine, or `0.0.0.0` for all of them. */
  address: string;
  /** The address in URLs that are handed out. */
  name: string;
}

/** For this machine alone. */
export const loopbackHost: Host = { address: loopback, name: loopback };

/**
 * Starts `server`.
 *
 * @param port 0 takes any free port.
 * @param address Default: the loopback address.
 * @returns the port that it listens on.
 * @throws the system's error, such as `EADDRINUSE`, when the port cannot be had.
 */
export async function listen(
  server: NetServer,
  port = 0,
  address: string = loopback,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
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
  // By events: an iterator of a stream costs more than all else that is done with a short request.
  await new Promise<void>((resolve, reject) => {
    request
      .on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length <= maxBytes) {
          chunks.push(chunk);
        }
      })
      .once("end", resolve)
      .once("error", reject)
      .once("close", () => {
        // Every request closes; an error costs the walk over the stack.
        if (!request.readableEnded) {
          reject(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
        }
      });
  });
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}
