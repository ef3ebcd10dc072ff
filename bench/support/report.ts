import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { quantile } from "../../scripts/soak/quantile";
import { markdownTable, medianAndSpread } from "./markdown-table";
import { type Measurement, meetsTarget, ratioOf, type Section, type Target } from "./section";

/** What is said of a section. */
type SectionText = Pick<Section, "name" | "title" | "description">;

/** What a section has measured. */
export interface Measured {
  section: SectionText;
  measurements: readonly Measurement[];
}

const head = ["section", "what", "how", "this", "beside it", "÷", "target", ""];

/** One table of all figures: medians, and between which values the middle half of them lies. */
export function reportTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ section, measurements }) =>
    measurements.map((measurement) => [section.name, ...cellsOf(measurement)]),
  );
  return markdownTable(head, rows);
}

/** What each section measures, as a list in Markdown. */
export function reportNotes(measured: readonly Measured[]): string {
  return measured
    .map(({ section: { name, description } }) => `- **${name}**: ${description}`)
    .join("\n");
}

function cellsOf(measurement: Measurement): string[] {
  const { what, how, ours, other, target, unit, digits } = measurement;
  const isMet = meetsTarget(measurement);
  return [
    what,
    how,
    valuesText(ours, unit, digits),
    other === undefined ? "" : `${other.name}: ${valuesText(other.values, unit, digits)}`,
    ratioOf(measurement)?.toFixed(2) ?? "",
    target === undefined ? "" : targetText(target),
    isMet === undefined ? "" : isMet ? "met" : "**missed**",
  ];
}

function valuesText(values: readonly number[], unit: string, digits = 1): string {
  const text =
    values.length === 1 ? (values[0] ?? 0).toFixed(digits) : medianAndSpread(values, digits);
  return `${text} ${unit}`;
}

/** A target, such as `≤ 0.5`. */
export function targetText(target: Target): string {
  return "atMost" in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}

/** What figures are worth only together with. */
export interface Circumstances {
  at: string;
  machine: string;
  /** Of the Node.js that measures. */
  node: string;
  commit: string;
  against?: string;
}

export function circumstances(against?: string): Circumstances {
  const [cpu] = cpus();
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(0);
  return {
    at: new Date().toISOString(),
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? process.arch}), ${gigabytes} GB`,
    node: process.version,
    commit: execFileSync("git", ["describe", "--always", "--dirty"], {
      cwd: join(__dirname, "..", ".."),
      encoding: "utf8",
    }).trim(),
    ...(against !== undefined && { against }),
  };
}

/** All that was measured, as `--json` writes it. */
export interface Report extends Circumstances {
  sections: readonly (SectionText & { measurements: readonly Measurement[] })[];
}

/** All that was measured, for other programs: a `Report`, with what follows from its values. */
export function reportJson(measured: readonly Measured[], under: Circumstances): string {
  const sections = measured.map(({ section: { name, title, description }, measurements }) => ({
    name,
    title,
    description,
    measurements: measurements.map((measurement) => ({
      ...measurement,
      median: quantile(measurement.ours, 0.5),
      ratio: ratioOf(measurement),
      isMet: meetsTarget(measurement),
    })),
  }));
  return `${JSON.stringify({ ...under, sections }, undefined, 2)}\n`;
}
