/**
 * Runs the end-to-end suite against a fresh local cloud, lets some of its calls fail, and prints for
 * each role what it was granted, used and refused. Exits with 1 when a test failed or a grant was
 * not used.
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
import { startFailing } from "../tests/support/failing-run";
import { failAll } from "../tests/support/failures";
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
  await run.stop();
  const usage = readFileSync(join(run.dataDir, "iam-usage.json"), "utf8");
  return report(JSON.parse(usage) as RoleUsage[]) && passed ? 0 : 1;
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

/** @returns whether every grant is used or excused. */
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
