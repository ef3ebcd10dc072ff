/** Pixels of each side of the grey image that a hash is computed of. */
export const hashedSide = 32;

/** Frequencies of each direction that a hash is made of: 8 × 8 bits. */
const frequencies = 8;

/** What differs less than this, in grey levels, is noise: a plain image has no frequencies. */
const noise = 0.5;

/** `cosines[k][x]`: the kth cosine at x, of the first nine. */
const cosines = Array.from({ length: frequencies + 1 }, (_, k) =>
  Array.from({ length: hashedSide }, (_each, x) =>
    Math.cos((Math.PI * k * (2 * x + 1)) / (2 * hashedSide)),
  ),
);

/**
 * A 64-bit perceptual hash as 16 hex digits: of 32 × 32 grey pixels, the discrete cosine transform
 * (type II); of its frequencies 1 to 8 in either direction, row by row, each is a bit, most
 * significant first: whether it is above their median. Scaling, another coding and another brightness
 * change few bits; turning and mirroring many.
 *
 * @param grey 32 × 32 values of 0 to 255, row by row.
 */
export function perceptualHash(grey: ArrayLike<number>): string {
  const values: number[] = [];
  for (let v = 1; v <= frequencies; v++) {
    for (let u = 1; u <= frequencies; u++) {
      values.push(frequency(grey, u, v));
    }
  }
  const sorted = values.toSorted((one, other) => one - other);
  const middle = values.length / 2;
  const median = ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  const bits = values.map((value) => (value > median ? "1" : "0")).join("");
  return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
}

/** How much of a frequency there is, as the mean amplitude in grey levels, without noise. */
function frequency(grey: ArrayLike<number>, u: number, v: number): number {
  let sum = 0;
  for (let y = 0; y < hashedSide; y++) {
    const down = cosines[v]?.[y] ?? 0;
    for (let x = 0; x < hashedSide; x++) {
      sum += (grey[y * hashedSide + x] ?? 0) * (cosines[u]?.[x] ?? 0) * down;
    }
  }
  const amplitude = (4 * sum) / hashedSide ** 2;
  return Math.abs(amplitude) < noise ? 0 : amplitude;
}

/** In how many of their bits two hashes differ: 0 to 64. */
export function hashDistance(one: string, other: string): number {
  return ones(half(one, 0) ^ half(other, 0)) + ones(half(one, 8) ^ half(other, 8));
}

function half(hash: string, at: number): number {
  return Number.parseInt(hash.slice(at, at + 8), 16);
}

/** How many of 32 bits are set. */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
