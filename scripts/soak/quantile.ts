/** The value that a share of `values`, such as 0.5, is at most; of none it is 0. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(Math.floor(values.length * share), values.length - 1)] ?? 0;
}
