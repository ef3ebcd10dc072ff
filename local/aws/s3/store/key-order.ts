/**
 * Compares keys as S3 lists them: by their UTF-8 bytes, which is the order of code points.
 *
 * JavaScript's own order differs for characters beyond U+FFFF, whose UTF-16 surrogates sort before
 * U+E000.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

/** Moves surrogates behind all other UTF-16 units. */
function rank(unit: number): number {
  if (unit < 0xd800) {
    return unit;
  }
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** A set of keys in S3's order. */
export class SortedKeys {
  readonly #keys: string[];

  constructor(keys: Iterable<string>) {
    this.#keys = [...keys].sort(compareKeys);
  }

  at(index: number): string | undefined {
    return this.#keys[index];
  }

  add(key: string): void {
    const index = this.indexOf(key);
    if (this.#keys[index] !== key) {
      this.#keys.splice(index, 0, key);
    }
  }

  delete(key: string): void {
    const index = this.indexOf(key);
    if (this.#keys[index] === key) {
      this.#keys.splice(index, 1);
    }
  }

  /** Where `key` is or would be: the first key that is not below it. */
  indexOf(key: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, key) >= 0);
  }

  /** The first key above `key`. */
  indexAfter(key: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, key) > 0);
  }

  /** The first key above all that start with `prefix`. */
  indexPast(prefix: string): number {
    return this.#firstWhere(
      (candidate) => compareKeys(candidate, prefix) > 0 && !candidate.startsWith(prefix),
    );
  }

  /** Binary search; `holds` is false for all keys up to some point, and true from there on. */
  #firstWhere(holds: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#keys[middle] ?? "")) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
