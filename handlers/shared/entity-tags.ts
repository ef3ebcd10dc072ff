import { createHash } from "node:crypto";

/** The entity tag of a response whose body is `text`, for the header `ETag`. */
export function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("base64url")}"`;
}

/**
 * Whether a client has what bears `etag`, by its header `If-None-Match`: `*`, or a list that is
 * compared weakly. Where the header came in several lines, `*` may be one of them.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 *
 * @param etag strong, with its quotes.
 */
export function isKnown(etag: string, ifNoneMatch: string): boolean {
  const tag = /"[\x21\x23-\x7e\x80-\xff]*"/g;
  const listed: readonly string[] = ifNoneMatch.match(tag) ?? [];
  const isAny = /(?:^|,)[ \t]*\*[ \t]*(?:,|$)/.test(ifNoneMatch.replaceAll(tag, ""));
  return isAny || listed.includes(etag);
}
