/**
 * Carries out proofs in a local cloud, one after another, and prints their figures. Exits with 1 when
 * one does not hold.
 */
import { runCommand } from "../local/cli/run-command";
import { aborted, interruptedExitCode } from "../local/cli/shutdown";
import { parseSoakOptions } from "./soak/options";
import { Progress } from "./soak/progress";
import { formatReport } from "./soak/report";

async function soak(): Promise<number> {
  const { only, ...options } = parseSoakOptions(process.argv.slice(2));
  // All that they need takes a second to load, which help and errors of the command line can do without.
  const { proofs } = await import("./soak/proofs.js");
  console.log(`--seed ${options.seed}`);
  const progress = new Progress(process.stdout);
  let failures = 0;
  for (const name of only) {
    const report = await proofs[name](options, (line) => {
      progress.show(`${name}: ${line}`);
    });
    progress.clear();
    console.log(`\n${formatReport(report)}`);
    failures += report.failures.length;
  }
  return failures > 0 ? 1 : 0;
}

async function stopped(signal: AbortSignal): Promise<number> {
  await aborted(signal);
  return interruptedExitCode;
}

void runCommand(({ signal }) => Promise.race([soak(), stopped(signal)]), interruptedExitCode).then(
  (exitCode) => {
    // What an interrupted proof has started ends with this process.
    process.exit(exitCode);
  },
);
