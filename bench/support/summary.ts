import { quantile } from "../../scripts/soak/quantile";
import { markdownTable } from "./markdown-table";
import { type Report, targetText } from "./report";
import { type Measurement, meetsTarget, ratioOf, type Target } from "./section";

/** Figures that are alike but for what they are of, such as the sizes of all functions. */
interface Kind {
  title: string;
  target: Target;
  figures: Measurement[];
}

/** Ratios below would be nothing, or nearly so, with two digits behind the point. */
const small = 0.1;

const head = ["what", "each", "beside", "median", "worst", "target", "met"];

/** One table of few lines: what was measured against a target, figures of a kind together. */
export function summaryTable({ sections, against }: Pick<Report, "against" | "sections">): string {
  const rows = sections.flatMap(({ title, measurements }) =>
    kindsOf(title, measurements).map((kind) => cellsOf(kind, against)),
  );
  return markdownTable(head, rows);
}

function kindsOf(title: string, measurements: readonly Measurement[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const figure of measurements) {
    const { how, unit, other, target } = figure;
    if (target !== undefined) {
      const key = JSON.stringify([how, unit, other?.name, target]);
      const kind = kinds.get(key) ?? { title, target, figures: [] };
      kind.figures.push(figure);
      kinds.set(key, kind);
    }
  }
  return [...kinds.values()];
}

function cellsOf({ title, target, figures }: Kind, against: string | undefined): string[] {
  const [first] = figures;
  const values = figures.map(valueOf);
  const worst = "atMost" in target ? Math.max(...values) : Math.min(...values);
  const text = (value: number) => valueText(value, first);
  const met = figures.filter((figure) => meetsTarget(figure)).length;
  return [
    figures.length === 1 ? (first?.what ?? "") : title,
    first?.how ?? "",
    besideText(first?.other?.name, against),
    text(quantile(values, 0.5)),
    figures.length === 1 ? "" : text(worst),
    targetText(target),
    met === figures.length ? `${met} of ${met}` : `**${met} of ${figures.length}**`,
  ];
}

function valueOf(figure: Measurement): number {
  return ratioOf(figure) ?? quantile(figure.ours, 0.5);
}

/** A ratio or, of a figure that is compared with nothing, the figure. */
function valueText(value: number, figure: Measurement | undefined): string {
  return figure === undefined || ratioOf(figure) !== undefined
    ? `${value < small ? Number(value.toPrecision(1)) : value.toFixed(2)} ×`
    : `${value.toFixed(figure.digits ?? 1)} ${figure.unit}`;
}

function besideText(other: string | undefined, against: string | undefined): string {
  return other !== undefined && other === against ? `commit ${other}` : (other ?? "");
}
