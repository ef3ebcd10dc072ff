import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that came. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** An answer to give; `hangUp` closes the connection instead, `breakOff` within the body. */
export interface Planned {
  status?: number;
  headers?: Record<string, string>;
  body?: object | string;
  hangUp?: true;
  breakOff?: true;
}

/** A server that answers as planned, one request after the other. */
export interface PlannedServer {
  url: string;
  seen: Seen[];
  stop(): Promise<void>;
}

/** @param plan the answers; to all requests after them, the last. */
export async function answering(...plan: Planned[]): Promise<PlannedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const planned = plan[Math.min(seen.length, plan.length - 1)] ?? {};
      seen.push({ method, url, headers, body });
      if (planned.hangUp) {
        request.socket.destroy();
        return;
      }
      const content = planned.body ?? {};
      if (planned.breakOff) {
        response.writeHead(200, { "content-length": 1000 });
        response.write("{", () => request.socket.destroy());
        return;
      }
      response.writeHead(planned.status ?? 200, planned.headers);
      response.end(typeof content === "string" ? content : JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
