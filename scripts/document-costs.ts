/**
 * Writes `docs/costs.md`: what a stack costs, line by line, beside what it came from and what hosted services
 * charge; and example months into `README.md`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";

async function main(): Promise<number> {
  parseNoOptions(
    "docs:costs",
    "Writes docs/costs.md anew, and what README.md has of it.",
    process.argv.slice(2),
  );
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { costsFile, documentCosts, readmeFile, readmeWithCosts } =
    await import("./costs/document.js");
  writeFileSync(costsFile, await documentCosts());
  writeFileSync(readmeFile, await readmeWithCosts(readFileSync(readmeFile, "utf8")));
  return 0;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
