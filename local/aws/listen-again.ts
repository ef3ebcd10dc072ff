import type { Server } from "node:net";
import { listen, loopbackHost, type Host } from "./http";
import { portHolder } from "./port-holder";

/** How a server gets the port back that it had at the last start. */
export interface LastPlace {
  /** The port that it had; `undefined` takes any free one. */
  port: number | undefined;
  /** What is served there, as a person calls it, such as `S3`. */
  title: string;
  /** Default: this machine alone. */
  host?: Host | undefined;
  notify: (line: string) => void;
}

/**
 * Starts `server` on the port that it had last, so that URLs that were handed out go on working; when
 * that one is taken, on any free port, and says so.
 *
 * @returns the port that it listens on.
 * @throws the system's error when no port can be had.
 */
export async function listenAgain(server: Server, place: LastPlace): Promise<number> {
  const { port = 0, title, host = loopbackHost, notify } = place;
  try {
    return await listen(server, port, host.address);
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
      throw error;
    }
    const holder = portHolder(port);
    const other = await listen(server, 0, host.address);
    notify(
      `Port ${port} of ${title} is taken${holder === undefined ? "" : ` by ${holder}`}; it is at ${other} now, and what was told of ${port} leads astray.`,
    );
    return other;
  }
}
