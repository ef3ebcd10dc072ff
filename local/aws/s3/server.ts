import { createServer } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FaultPoint } from "../fault-point";
import { receivedHeaders } from "../iam/received-headers";
import type { SignedRequest } from "../iam/types";
import { Call } from "./call";
import type { Environment } from "./call";
import { requestContext, signatureContext } from "./context";
import { perform } from "./dispatch";
import { presignedHeaders, withoutUnsignedHash } from "./presigned";
import type { Reply } from "./reply";
import { readTarget } from "./target";

/** What a server is made with. */
export interface ServerOptions {
  environment: Environment;
  faultPoint: FaultPoint;
  /** Whether the server stands for S3's HTTPS port; the connection itself is plain HTTP. */
  secure: boolean;
  notify: (line: string) => void;
}

/** A server that speaks S3's REST protocol. */
export function createS3Server(options: ServerOptions): Server {
  return createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      // The client has gone, or the file could not be read: cut, so that the client notices.
      if (!isPrematureClose(error)) {
        options.notify(`S3 ${request.method ?? ""} was cut: ${String(error)}`);
      }
      response.destroy();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  const reply = await perform(() => readCall(request, options), options.notify);
  // What is left of a refused body is thrown away, so that the client gets to read the answer.
  request.resume();
  response.writeHead(reply.status, definedHeaders(reply));
  if (request.method === "HEAD") {
    response.end();
  } else if (reply.body instanceof Readable) {
    await pipeline(reply.body, response);
  } else {
    response.end(reply.body);
  }
}

function definedHeaders({ headers = {} }: Reply): OutgoingHttpHeaders {
  const defined = Object.entries(headers).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(defined), server: "AmazonS3" };
}

/** Finds out what is asked for. */
function readCall(request: IncomingMessage, options: ServerOptions): Call {
  const { environment, faultPoint, secure } = options;
  const method = request.method ?? "GET";
  const url = request.url ?? "/";
  const [path = "/", search = ""] = splitOnce(url, "?");
  const query = new URLSearchParams(search);
  const now = environment.clock();
  const received = withoutUnsignedHash(receivedHeaders(request), query);
  const signed: SignedRequest = { method, url, headers: received, service: "s3" };
  const target = readTarget(path, request.headers.host);
  const headers = presignedHeaders(withoutUnsignedHash(request.headers, query), query);
  return new Call(
    {
      identify: () =>
        method === "OPTIONS"
          ? { kind: "anonymous" }
          : environment.authenticator.authenticate(signed),
      method,
      ...target,
      query,
      headers,
      body: request,
      faultPoint: (operation, perform) => faultPoint(operation, request, perform),
      context: {
        "aws:SecureTransport": String(secure),
        ...(secure && { "s3:TlsVersion": "1.3" }),
        "aws:SourceIp": request.socket.remoteAddress ?? "",
        ...requestContext(headers, query, now),
        ...signatureContext(request.headers, query, now),
      },
      ...(String(headers["x-amz-content-sha256"]).startsWith("STREAMING-AWS4-") && {
        chunkVerifier: () => environment.authenticator.chunkVerifier(signed),
      }),
    },
    environment,
  );
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
