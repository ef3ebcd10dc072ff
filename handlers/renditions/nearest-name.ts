/** Letters of which names that are as different are no misspellings of one another. */
const tooFar = 3;

/**
 * The one of `names` that `text` most likely stands for: one that it abbreviates, or that is the same
 * but for two letters side by side, or one that is too much or missing. Takes little time, since the
 * CloudFront Function has little.
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const abbreviated = names.find((name) => text !== "" && name.startsWith(text));
  if (abbreviated !== undefined) {
    return abbreviated;
  }
  const differing = names.map((name) => lettersBetween(text, name));
  const least = differing.reduce((one, other) => Math.min(one, other), tooFar);
  return least < tooFar ? names[differing.indexOf(least)] : undefined;
}

/** How many letters of the longer one are left without what begins and ends both alike. */
function lettersBetween(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one.charAt(start) === other.charAt(start)) {
    start++;
  }
  let end = 0;
  while (
    end < shorter - start &&
    one.charAt(one.length - 1 - end) === other.charAt(other.length - 1 - end)
  ) {
    end++;
  }
  return start + end === 0 ? tooFar : Math.max(one.length, other.length) - start - end;
}
