import { createServer, type Server } from "node:http";
import { listen } from "../../local/aws/http";

/** A server that answers as S3 and DynamoDB do where all goes well. It looks at nothing. */
export interface AwsStub {
  url: string;
  stop(): Promise<void>;
}

/** Starts one on a free port of the loopback address. */
export async function startAwsStub(): Promise<AwsStub> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (request.headers["x-amz-target"] === undefined) {
        response.writeHead(200, { etag: '"etag"', "x-amz-version-id": "version" }).end();
      } else {
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
      }
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
