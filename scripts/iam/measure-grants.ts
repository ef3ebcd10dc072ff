import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RoleUsage } from "../../local/aws/iam/usage";
import type { CommandContext } from "../../local/cli/run-command";
import { withToken } from "../../tests/e2e/support/stack";
import { type FailingRun, startFailing } from "../../tests/support/failing-run";
import { failAll } from "../../tests/support/failures";
import { localTokens } from "../../tests/support/local-tokens";
import { deleteWhileRendered } from "../../tests/support/use-everything";
import { allowList } from "./allow-list";
import { formatUsage } from "./format-usage";
import { findUnused } from "./unused-grants";

/**
 * Starts a local cloud, runs the end-to-end suite against it, and prints what came of its grants.
 *
 * @param config what the stack is started with.
 * @returns whether all tests passed, and every grant is used or excused.
 */
export async function measureGrants(
  config: Readonly<Record<string, string>>,
  { signal, shutdown }: Pick<CommandContext, "signal" | "shutdown">,
): Promise<boolean> {
  const run = await startFailing(config);
  shutdown.add(() => run.remove());
  return await measure(run, signal);
}

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
