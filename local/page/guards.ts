import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error";

/** The header by which the page shows that it is the page. */
export const tokenHeader = "x-page-token";

/** What a request has to prove. */
export interface GuardOptions {
  /** The hosts that the page has, with their port, as `127.0.0.1:3199`. */
  hosts: ReadonlySet<string>;
  /** What the page was given when it was loaded. */
  token: string;
}

/**
 * Refuses a request that another site's page may have made a browser send. `Host` has to be the
 * page's own, so that no name that resolves to this machine (DNS rebinding) will do; a browser's word
 * for where a request comes from has to be the page; and what changes something needs the token.
 *
 * @throws ApiError 400 for a request without `Host` or with several, 403, 405, 421.
 */
export function guard(request: IncomingMessage, { hosts, token }: GuardOptions): void {
  const host = hostOf(request);
  if (!hosts.has(host)) {
    throw new ApiError(
      421,
      "MisdirectedRequest",
      `Host is ${JSON.stringify(host)}; the page is at ${[...hosts].join(" and ")}.`,
    );
  }
  const { method = "", headers } = request;
  if (!["GET", "HEAD", "POST"].includes(method)) {
    throw new ApiError(
      405,
      "MethodNotAllowed",
      `${method} is not allowed; GET, HEAD and POST are.`,
    );
  }
  refuseOtherSites(request, `http://${host}`);
  if (method === "POST") {
    if (headers.origin === undefined) {
      throw new ApiError(403, "OriginMissing", "Only the page itself may change something.");
    }
    if (!isToken(headers[tokenHeader], token)) {
      throw new ApiError(403, "InvalidToken", "The page belongs to another run: load it again.");
    }
  }
}

function hostOf({ headersDistinct }: IncomingMessage): string {
  const [host = "", ...others] = headersDistinct.host ?? [];
  if (others.length > 0) {
    throw new ApiError(400, "InvalidRequest", "A request has one Host.");
  }
  return host.toLowerCase();
}

function refuseOtherSites({ headers }: IncomingMessage, origin: string): void {
  const site = headers["sec-fetch-site"];
  const isNavigation =
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (
    (headers.origin !== undefined && headers.origin !== origin) ||
    // A link to the page may stand anywhere.
    (site !== undefined && site !== "same-origin" && site !== "none" && !isNavigation)
  ) {
    throw new ApiError(403, "OtherSite", "Only the page itself may ask for this.");
  }
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
