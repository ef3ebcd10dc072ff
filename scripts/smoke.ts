/**
 * Checks a deployed stack from outside: what it answers, and what it does not let anybody have. Exits with 1
 * when something is not as it should be.
 */
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { parseSmokeOptions } from "./smoke/options";

void runCommand(async ({ signal }) => {
  const options = parseSmokeOptions(process.argv.slice(2));
  // What the checks need takes half a second to load, which help and errors of the command line can do without.
  const { checksOf, formatOutcomes, isPassed, smoke } = await import("./smoke/smoke.js");
  const { findTarget } = await import("./smoke/target.js");
  const target = findTarget(options, process.env.SMOKE_TOKEN);
  const outcomes = await smoke(target, checksOf(options), signal);
  const passed = isPassed(outcomes);
  console.log(
    options.json ? JSON.stringify({ passed, checks: outcomes }, null, 2) : formatOutcomes(outcomes),
  );
  return passed ? 0 : 1;
}, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
