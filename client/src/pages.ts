/** A page of a list. */
interface Page {
  hasMore?: boolean;
  nextCursor?: string;
}

/**
 * What is on all pages of a list, one after the other; the next page is asked for when the one before is through.
 *
 * @param read gets the page that a cursor stands for, or the first.
 */
export async function* pages<P extends Page, Item>(
  read: (cursor: string | undefined) => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield* itemsOf(page);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
