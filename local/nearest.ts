/** The one of `candidates` that `text` is most likely a misspelling of; none where all are too far. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const accepted = Math.max(2, Math.ceil(text.length / 3));
  return [...candidates]
    .map((candidate) => ({
      candidate,
      steps: editDistance(text.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ steps }) => steps <= accepted)
    .sort((one, other) => one.steps - other.steps)[0]?.candidate;
}

/** How many letters are to be inserted, removed or replaced: Levenshtein's distance. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
