/** How many of the 256 levels of a colour are taken for one. */
const levels = 32;

/** Below this, a pixel is taken for transparent. */
const opaqueFrom = 128;

/**
 * The colour of the most pixels, as `#rrggbb`: the mean of those that have nearly the same. What is
 * transparent does not count, unless all is.
 *
 * @param rgba four bytes a pixel.
 */
export function dominantColor(rgba: Uint8Array): string {
  const opaque = colours(rgba, opaqueFrom);
  const found = opaque.length > 0 ? opaque : colours(rgba, 0);
  const groups = new Map<string, number[][]>();
  for (const colour of found) {
    const name = colour.map((value) => Math.floor(value / levels)).join();
    const group = groups.get(name);
    if (group) {
      group.push(colour);
    } else {
      groups.set(name, [colour]);
    }
  }
  const [most = []] = [...groups.values()].toSorted((one, other) => other.length - one.length);
  const mean = [0, 1, 2].map((index) => {
    const sum = most.reduce((total, colour) => total + (colour[index] ?? 0), 0);
    return Math.round(sum / Math.max(most.length, 1));
  });
  return `#${mean.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function colours(rgba: Uint8Array, minAlpha: number): number[][] {
  const found: number[][] = [];
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) >= minAlpha) {
      found.push([...rgba.subarray(at, at + 3)]);
    }
  }
  return found;
}
