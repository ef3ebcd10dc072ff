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
  const { tags, isAny } = readTags(ifNoneMatch);
  return isAny || tags.some((tag) => tag.replace(/^W\//, "") === etag);
}

/**
 * Whether what bears `etag` is what a client means by its header `If-Match`: `*`, or a list that is
 * compared strongly.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 *
 * @param etag strong, with its quotes.
 */
export function isMeant(etag: string, ifMatch: string): boolean {
  const { tags, isAny } = readTags(ifMatch);
  return isAny || tags.includes(etag);
}

function readTags(header: string): { tags: readonly string[]; isAny: boolean } {
  const tag = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;
  const isAny = /(?:^|,)[ \t]*\*[ \t]*(?:,|$)/.test(header.replaceAll(tag, ""));
  return { tags: header.match(tag) ?? [], isAny };
}
