import type { Readable } from "node:stream";

/** Response headers by lower-case name; `undefined` leaves one out. */
export type ReplyHeaders = Readonly<Record<string, string | undefined>>;

/** What an action answers. */
export interface Reply {
  status: number;
  headers?: ReplyHeaders;
  /** Text is sent as UTF-8; a stream is destroyed when the client goes away. */
  body?: string | Buffer | Readable;
}

/** A successful answer that is an XML document. */
export function xmlReply(xml: string, headers: ReplyHeaders = {}): Reply {
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body: xml };
}
