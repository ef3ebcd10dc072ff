import { maxPayloadBytes, payloadBytes } from "./json";
import { defaultPageSize, maxPageSize } from "./schemas";

/** One page of a list. */
export interface Page<Found, Shown> {
  items: Shown[];
  /** What the last of them is of; `undefined` on an empty page. */
  last: Found | undefined;
  /** Whether there is a further page. */
  hasMore: boolean;
}

/** How many a client asks for at most, by the parameter `limit`; more than a page may have are none too many. */
export function pageSizeOf(limit: string | undefined): number {
  return Math.min(Number(limit ?? defaultPageSize), maxPageSize);
}

/**
 * The beginning of what is found. The page is shorter than the limit when more would outgrow what a
 * function may return; the next page goes on from there.
 *
 * @param found at least one more than `limit`, where there is more: only what is there proves that.
 * @param limit how many at most.
 * @param show makes of one what the page has of it.
 */
export async function readPage<Found extends object, Shown extends object>(
  found: AsyncIterable<Found>,
  limit: number,
  show: (one: Found) => Shown | Promise<Shown>,
): Promise<Page<Found, Shown>> {
  const items: Shown[] = [];
  let last: Found | undefined;
  let bytes = 0;
  for await (const one of found) {
    // Of what only proves that there is more, nothing is shown.
    if (items.length === limit) {
      return { items, last, hasMore: true };
    }
    const item = await show(one);
    bytes += payloadBytes(JSON.stringify(item));
    if (last && bytes > maxPayloadBytes) {
      return { items, last, hasMore: true };
    }
    items.push(item);
    last = one;
  }
  return { items, last, hasMore: false };
}
