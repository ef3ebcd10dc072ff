/**
 * Runs the end-to-end suite against a fresh local cloud, once with API keys alone and once with users,
 * lets some of its calls fail, and prints for each role what it was granted, used and refused. Exits
 * with 1 when a test failed or a grant was not used.
 */
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";

/** What the stack is started with, by who its callers are. */
const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "API keys": {},
  users: { oidcIssuer: "local", maxImagesPerUser: "1000000" },
};

async function main(context: CommandContext): Promise<number> {
  const description = "Compares what each role is granted with what the end-to-end suite uses.";
  parseNoOptions("iam", description, process.argv.slice(2));
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { measureGrants } = await import("./iam/measure-grants.js");
  const failed: string[] = [];
  for (const [callers, config] of Object.entries(variants)) {
    console.log(`\nWith ${callers}:`);
    if (!(await measureGrants(config, context))) {
      failed.push(callers);
    }
  }
  console.log(failed.length > 0 ? `\nFailed with ${failed.join(" and with ")}.` : "\nAll is well.");
  return failed.length > 0 ? 1 : 0;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
