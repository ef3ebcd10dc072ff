import { request as send } from "node:http";
import type { Agent, ClientRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { endToEnd } from "./origin-headers";
import { OriginFailure } from "./origin-failure";
import type { Headers, WholeResponse } from "./types";

/** A request without a body, and how long it may take. */
export interface OriginExchange {
  host: string;
  port: number;
  method: string;
  /** Path and query, percent-encoded. */
  url: string;
  headers: Headers;
  agent: Agent;
  connectionTimeoutSeconds: number;
  /** For the response to begin, and for each next part of it. */
  readTimeoutSeconds: number;
  /** Ends it, whatever has come until then. */
  deadline?: AbortSignal | undefined;
}

/**
 * Sends a request and takes in the response as a whole.
 *
 * @throws OriginFailure 504 when it takes too long, 502 when there is no connection or it breaks.
 */
export function exchange(options: OriginExchange): Promise<WholeResponse> {
  const { host, port, method, url: path, headers, agent, deadline } = options;
  return new Promise((resolve, reject) => {
    const outgoing = send({ host, port, method, path, headers, agent });
    const fail = (failure: OriginFailure) => {
      reject(failure);
      outgoing.destroy();
    };
    const connecting = limitConnecting(outgoing, options.connectionTimeoutSeconds, fail);
    const expire = () => {
      fail(new OriginFailure(504, "the whole response did not come in time"));
    };
    const settle = () => {
      clearTimeout(connecting);
      deadline?.removeEventListener("abort", expire);
    };
    const broken = (error: Error) => {
      settle();
      fail(new OriginFailure(502, String(error)));
    };
    deadline?.addEventListener("abort", expire);
    outgoing.setTimeout(options.readTimeoutSeconds * 1000, () => {
      fail(new OriginFailure(504, "no response in time"));
    });
    outgoing.once("error", broken);
    outgoing.once("response", (incoming) => {
      buffer(incoming).then((body) => {
        settle();
        const { statusCode: status = 502 } = incoming;
        const cookies = incoming.headers["set-cookie"];
        resolve({ status, headers: endToEnd(incoming.headers), body, ...(cookies && { cookies }) });
      }, broken);
    });
    outgoing.end();
  });
}

/** A connection that is kept open counts as made. */
function limitConnecting(
  outgoing: ClientRequest,
  seconds: number,
  fail: (failure: OriginFailure) => void,
): NodeJS.Timeout {
  const timer = setTimeout(() => {
    fail(new OriginFailure(504, "no connection in time"));
  }, seconds * 1000);
  const stop = () => {
    clearTimeout(timer);
  };
  outgoing.once("socket", (socket) => {
    if (socket.connecting) {
      socket.once("connect", stop);
    } else {
      stop();
    }
  });
  return timer;
}
