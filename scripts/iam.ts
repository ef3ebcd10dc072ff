/**
 * Runs the end-to-end suite against a fresh local cloud, once with API keys alone and once with users,
 * lets some of its calls fail, and prints for each role what it was granted, used and refused. Exits
 * with 1 when a test failed or a grant was not used.
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
import { withToken } from "../tests/e2e/support/stack";
import { type FailingRun, startFailing } from "../tests/support/failing-run";
import { failAll } from "../tests/support/failures";
import { localTokens } from "../tests/support/local-tokens";
import { deleteWhileRendered } from "../tests/support/use-everything";
import { allowList } from "./iam/allow-list";
import { formatUsage } from "./iam/format-usage";
import { findUnused } from "./iam/unused-grants";

/** What the stack is started with, by who its callers are. */
const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "API keys": {},
  users: { oidcIssuer: "local", maxImagesPerUser: "1000000" },
};

async function main({ signal, shutdown }: CommandContext): Promise<number> {
  const description = "Compares what each role is granted with what the end-to-end suite uses.";
  parseNoOptions("iam", description, process.argv.slice(2));
  const failed: string[] = [];
  for (const [callers, config] of Object.entries(variants)) {
    console.log(`\nWith ${callers}:`);
    const run = await startFailing(config);
    shutdown.add(() => run.remove());
    if (!(await measure(run, signal))) {
      failed.push(callers);
    }
  }
  console.log(failed.length > 0 ? `\nFailed with ${failed.join(" and with ")}.` : "\nAll is well.");
  return failed.length > 0 ? 1 : 0;
}

/** @returns whether all tests passed, and every grant is used or excused. */
async function measure(run: FailingRun, signal: AbortSignal): Promise<boolean> {
  const token = await localTokens(run.dataDir)("iam", { admin: true });
  const passed = await runSuite(run.dataDir, token, signal);
  const hasUsers = run.stack.outputs.oidcIssuer !== undefined;
  const driven = hasUsers ? { ...run, stack: withToken(run.stack, token) } : run;
  await failAll(driven);
  // The suite may have been too slow, or too fast, for that.
  await deleteWhileRendered(driven);
  await run.stop();
  const usage = readFileSync(join(run.dataDir, "iam-usage.json"), "utf8");
  return report(JSON.parse(usage) as RoleUsage[]) && passed;
}

async function runSuite(dataDir: string, token: string, signal: AbortSignal): Promise<boolean> {
  const suite = spawn("npm", ["run", "--silent", "test:e2e"], {
    env: { ...process.env, E2E_OUTPUTS: join(dataDir, "outputs.json"), E2E_TOKEN: token },
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
