/**
 * Runs the end-to-end suite against a fresh local cloud, lets some of its calls fail, and prints for
 * each role what it was granted, used and refused; then does once whatever a stack with users is for, and
 * prints the same of that. Exits with 1 when a test failed or a grant was not used.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RoleUsage } from "../local/aws/iam/usage";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { type FailingRun, startFailing } from "../tests/support/failing-run";
import { failAll } from "../tests/support/failures";
import { allForUsers, useEverything, useTokens } from "../tests/support/use-everything";
import { allowList } from "./iam/allow-list";
import { formatUsage } from "./iam/format-usage";
import { findUnused } from "./iam/unused-grants";

async function main({ signal, shutdown }: CommandContext): Promise<number> {
  const description = "Compares what each role is granted with what the end-to-end suite uses.";
  parseNoOptions("iam", description, process.argv.slice(2));
  const run = await startFailing();
  shutdown.add(() => run.remove());
  const passed = await runSuite(run.dataDir, signal);
  await failAll(run);
  const isUsed = await reportOf(run);
  const ofUsers = await startFailing(allForUsers);
  shutdown.add(() => ofUsers.remove());
  await useEverything(ofUsers);
  await useTokens(ofUsers);
  console.log("\nWith users:\n");
  return (await reportOf(ofUsers)) && isUsed && passed ? 0 : 1;
}

/** @returns whether every grant of a run, which ends here, is used or excused. */
async function reportOf(run: FailingRun): Promise<boolean> {
  await run.stop();
  const usage = readFileSync(join(run.dataDir, "iam-usage.json"), "utf8");
  return report(JSON.parse(usage) as RoleUsage[]);
}

async function runSuite(dataDir: string, signal: AbortSignal): Promise<boolean> {
  const suite = spawn("npm", ["run", "--silent", "test:e2e"], {
    env: { ...process.env, E2E_OUTPUTS: join(dataDir, "outputs.json") },
    stdio: "inherit",
    signal,
  });
  const [exitCode] = (await once(suite, "exit")) as [number | null];
  return exitCode === 0;
}

function report(usage: readonly RoleUsage[]): boolean {
  console.log(formatUsage(usage, allowList));
  const { unused, needless } = findUnused(usage, allowList);
  const problems = [...unused, ...needless];
  console.log(problems.length > 0 ? `\n${problems.join("\n")}` : "\nNo grant is unused.");
  return problems.length === 0;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
