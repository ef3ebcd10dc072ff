/** As many of the first items as have no more bytes together, but at least one. */
export function firstWithin<Item>(
  bytes: number,
  items: readonly Item[],
  sizeOf: (item: Item) => number,
): Item[] {
  let room = bytes;
  const after = items.findIndex((item, index) => {
    room -= sizeOf(item);
    return room < 0 && index > 0;
  });
  return items.slice(0, after === -1 ? items.length : after);
}
