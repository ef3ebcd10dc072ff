/** Parts of a window that are forgotten one by one. */
const slots = 30;

/** How many requests each address has sent in the last window; old ones are forgotten bit by bit. */
export class RequestCounts {
  readonly #slotMs: number;
  /** By address: counts by the number of a slot since 1970. */
  readonly #counts = new Map<string, Map<number, number>>();

  constructor(windowSeconds: number) {
    this.#slotMs = (windowSeconds * 1000) / slots;
  }

  /** Counts a request. @returns how many there were in the window, this one among them. */
  add(address: string, now: Date): number {
    const slot = Math.floor(now.getTime() / this.#slotMs);
    const counts = this.#counts.get(address) ?? new Map<number, number>();
    this.#counts.set(address, counts);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
    for (const old of counts.keys()) {
      if (old <= slot - slots) {
        counts.delete(old);
      }
    }
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
