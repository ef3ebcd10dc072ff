/**
 * Writes bootstrap/permissions/stack.json anew: what deployments of the program are to be allowed. Exits with 1
 * where the tables beside it do not know how, and says what they lack.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { formatted } from "./formatted";

const file = join(__dirname, "../bootstrap/permissions/stack.json");

async function main(): Promise<number> {
  const description =
    "Writes down what deployments need, as the program has it with every option on.";
  parseNoOptions("permissions", description, process.argv.slice(2));
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { gapsFor } = await import("./permissions/gaps.js");
  const { neededPermissions } = await import("./permissions/needed-permissions.js");
  const needed = await neededPermissions();
  writeFileSync(file, await formatted(JSON.stringify(needed), file));
  const gaps = gapsFor(needed);
  gaps.forEach((gap) => {
    console.error(gap);
  });
  return gaps.length > 0 ? 1 : 0;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
