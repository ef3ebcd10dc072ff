/** Longest name that is compared, which takes time by the square of its length. */
const maxLength = 12;

/**
 * The one of `names` that `text` most likely stands for: one that it abbreviates, or is a misspelling
 * of. None where all are too far.
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  if (text === "" || text.length > maxLength) {
    return undefined;
  }
  const lower = text.toLowerCase();
  const abbreviated = names.find((name) => name.startsWith(lower));
  if (abbreviated !== undefined) {
    return abbreviated;
  }
  let nearest: string | undefined;
  let least = Math.max(2, Math.ceil(text.length / 3)) + 1;
  names.forEach((name) => {
    if (Math.abs(name.length - lower.length) < least) {
      const distance = editDistance(lower, name.toLowerCase());
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
  });
  return nearest;
}

/** How many letters are to be inserted, removed or replaced: Levenshtein's distance. */
function editDistance(one: string, other: string): number {
  let row: number[] = [];
  for (let column = 0; column <= other.length; column++) {
    row.push(column);
  }
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced =
        (row[column - 1] ?? 0) + (one.charAt(index) === other.charAt(column - 1) ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
