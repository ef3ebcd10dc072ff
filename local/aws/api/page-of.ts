import type { AwsError } from "../aws-error";

/** A part of a list, and how to ask for the next one. */
export interface Page<Item> {
  items: readonly Item[];
  /** Opaque; absent on the last page. */
  nextToken?: string;
}

/**
 * One page of a list.
 *
 * @param token of the page before.
 * @param size most items on the page.
 * @param invalid how the service refuses a token that it never gave.
 */
export function pageOf<Item>(
  all: readonly Item[],
  token: string | undefined,
  size: number,
  invalid: () => AwsError,
): Page<Item> {
  const start = token === undefined ? 0 : startOf(token);
  if (start === undefined) {
    throw invalid();
  }
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextToken: tokenOf(end) }),
  };
}

function tokenOf(start: number): string {
  return Buffer.from(`from ${start}`).toString("base64url");
}

function startOf(token: string): number | undefined {
  const [, start] = /^from (\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  return start === undefined ? undefined : Number(start);
}
