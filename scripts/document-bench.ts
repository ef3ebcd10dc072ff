/**
 * Writes `docs/bench.md`: what `npm run bench` has measured, from the file that it has left; and the lines that
 * have a target into `README.md`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Report, reportTable } from "../bench/support/report";
import { summaryTable } from "../bench/support/summary";
import { capitalized } from "../local/capitalized";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { betweenMarks, type Marks } from "./between-marks";
import { formatted } from "./formatted";

const resultsFile = path.join(__dirname, "../bench/results.json");
const file = path.join(__dirname, "../docs/bench.md");
const readmeFile = path.join(__dirname, "../README.md");

const marks: Marks = ["<!-- bench: written by npm run docs:bench -->", "<!-- end of bench -->"];

/** What was measured last, as `npm run bench -- --json bench/results.json` has left it. */
export function lastReport(): Report {
  return JSON.parse(readFileSync(resultsFile, "utf8")) as Report;
}

/** `docs/bench.md` as a report has it. */
export async function documentBench(report: Report): Promise<string> {
  return formatted(text(report), file);
}

/** `README.md` with the figures of a report that have a target. */
export async function readmeWithBench(readme: string, report: Report): Promise<string> {
  const part = `${circumstancesText(report)}\n\n${summaryTable(report)}`;
  return formatted(betweenMarks(readme, marks, part, "README.md"), readmeFile);
}

function text(report: Report): string {
  return `<!-- Written by npm run docs:bench from bench/results.json. -->

# Measured

Ratios of pairs that are measured right after one another, in turns: what else a machine does slows down both.
${circumstancesText(report)}

\`\`\`sh
${commandOf(report)}
npm run docs:bench   # writes this page, and the table of the README
\`\`\`

\`npm run bench -- --help\` names the parts, and how long each takes; with \`--check\` it fails where a target is
missed by more than 15 %.

## Against targets

Where a line stands for several figures, the worst of them is that which is furthest from the target.

${summaryTable(report)}

## All figures

Medians, and the middle half of the values in parentheses.

${report.sections.map(sectionText).join("\n\n")}
`;
}

function circumstancesText({ machine, node, commit, at }: Report): string {
  return `On ${machine}, Node.js ${node}, commit \`${commit}\`, ${at.slice(0, "2026-01-01".length)}:`;
}

/** What has left the report. */
function commandOf({ sections, against }: Report): string {
  const names = sections.map(({ name }) => name).join(" ");
  const beside = against === undefined ? "" : ` --against ${against}`;
  return `npm run bench -- ${names}${beside} --json bench/results.json`;
}

function sectionText({ measurements, ...section }: Report["sections"][number]): string {
  const title = capitalized(section.title);
  return `### ${title}\n\n${section.description}\n\n${reportTable([{ section, measurements }])}`;
}

async function main(): Promise<number> {
  parseNoOptions(
    "docs:bench",
    "Writes docs/bench.md anew from bench/results.json, and what README.md has of it.",
    process.argv.slice(2),
  );
  const report = lastReport();
  writeFileSync(file, await documentBench(report));
  writeFileSync(readmeFile, await readmeWithBench(readFileSync(readmeFile, "utf8"), report));
  return 0;
}

if (require.main === module) {
  void runCommand(main, interruptedExitCode).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
