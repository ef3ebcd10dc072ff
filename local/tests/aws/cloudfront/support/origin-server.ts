import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { close, listen } from "../../../../aws/http";

/** A server that a custom origin names, and what it was asked. */
export interface OriginServer {
  /** Such as `127.0.0.1:4000`. */
  host: string;
  port: number;
  asked: IncomingMessage[];
  /** Answers the next requests. */
  respond: (request: IncomingMessage, response: ServerResponse) => void;
  stop: () => Promise<void>;
}

/** Starts a server that answers `hello` until it is told otherwise. */
export async function startOriginServer(): Promise<OriginServer> {
  const server = createServer((request, response) => {
    started.asked.push(request);
    started.respond(request, response);
  });
  const port = await listen(server);
  const started: OriginServer = {
    host: `127.0.0.1:${port}`,
    port,
    asked: [],
    respond: (_, response) => {
      response.writeHead(200, { "content-type": "text/plain", etag: '"h1"' });
      response.end("hello");
    },
    stop: () => close(server),
  };
  return started;
}
