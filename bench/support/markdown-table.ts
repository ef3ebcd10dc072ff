import { quantile } from "../../scripts/soak/quantile";

/** A table in Markdown, its columns as wide as what is in them. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The median, and what half of the values lie between: `12.3 (11.9 – 13.0)`. */
export function medianAndSpread(values: readonly number[], digits = 1): string {
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share));
  return `${format(median, digits)} (${format(low, digits)} – ${format(high, digits)})`;
}

/** The median of the quotients of pairs, each measured right after one another. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  return quantile(
    values.map((value, index) => value / (others[index] ?? Number.NaN)),
    0.5,
  );
}

function format(value: number | undefined, digits: number): string {
  return (value ?? Number.NaN).toFixed(digits);
}
