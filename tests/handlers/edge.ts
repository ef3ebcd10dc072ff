import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

/** A CloudFront that takes invalidations, and remembers them. */
export interface Edge {
  /** Paths of each invalidation that was accepted. */
  readonly invalidations: string[][];
  /** The error of further requests, if they are to fail. */
  refusal: string | undefined;
}

/**
 * Runs an edge around every test of a suite, and points the SDK to it.
 *
 * @returns what gives it, during a test. Use after `useSdkSettings`.
 */
export function useEdge(): () => Edge {
  let edge: Edge;
  let close: () => Promise<void>;
  beforeEach(async () => {
    edge = { invalidations: [], refusal: undefined };
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        response.setHeader("Content-Type", "text/xml");
        if (edge.refusal !== undefined) {
          response.statusCode = 400;
          const error = `<Error><Type>Sender</Type><Code>${edge.refusal}</Code></Error>`;
          response.end(`<ErrorResponse>${error}</ErrorResponse>`);
          return;
        }
        edge.invalidations.push(
          [...body.matchAll(/<Path>(.*?)<\/Path>/g)].map(([, path = ""]) => path),
        );
        response.statusCode = 201;
        response.end("<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>");
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    process.env.AWS_ENDPOINT_URL_CLOUDFRONT = `http://127.0.0.1:${port}`;
    close = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    };
  });
  afterEach(async () => {
    Reflect.deleteProperty(process.env, "AWS_ENDPOINT_URL_CLOUDFRONT");
    await close();
  });
  return () => edge;
}
