import { request } from "node:http";
import { text } from "node:stream/consumers";

/** What came back. */
export interface Called {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Calls a server of this machine, without anything that a client adds by itself. */
export async function call(
  url: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string | Buffer;
  } = {},
): Promise<Called> {
  const { body = "", ...rest } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, ...rest }, (response) => {
      text(response).then((received) => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: received });
      }, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
