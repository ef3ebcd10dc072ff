import { prices } from "./prices";
import { costOf, type Line, sumOf } from "./usage";

/** What something uses and costs, line by line, and the sum. */
export function linesTable(lines: readonly Line[], use = "a million of them use"): string {
  const rows = lines.map((line) => {
    const { dollars: price, per, unit } = prices[line.price];
    const digits =
      line.quantity < 1 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 1 };
    const quantity = line.quantity.toLocaleString("en", digits);
    const rate = per === 1 ? `$${price}` : `$${price} for ${per.toLocaleString("en")}`;
    return `| ${line.what} | ${quantity} ${unit} | ${rate} | ${dollars(costOf(line))} |`;
  });
  return [
    `| what | ${use} | price | $ |`,
    "| --- | --- | --- | --- |",
    ...rows,
    `| **together** | | | **${dollars(sumOf(lines))}** |`,
  ].join("\n");
}

/** An amount, to the cent. */
export function dollars(amount: number): string {
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
