/** Requests at a time. */
const laneCount = 8;

/** Does something with each of the items in their order, with several at a time. */
export async function inLanes<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  // All lanes take from the one iterator.
  const rest = items.values();
  const lanes = Array.from({ length: laneCount }, async () => {
    for (const item of rest) {
      await act(item);
    }
  });
  await Promise.all(lanes);
}
