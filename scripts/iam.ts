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
import { startFailing } from "../tests/support/failing-run";
import { failAll } from "../tests/support/failures";
import { allowList } from "./iam/allow-list";
import { formatUsage } from "./iam/format-usage";
import { findUnused } from "./iam/unused-grants";

async function main(): Promise<void> {
  const run = await startFailing();
  try {
    if (!(await runSuite(run.dataDir))) {
      process.exitCode = 1;
    }
    await failAll(run);
    await run.stop();
    report(JSON.parse(readFileSync(join(run.dataDir, "iam-usage.json"), "utf8")) as RoleUsage[]);
  } finally {
    await run.remove();
  }
}

async function runSuite(dataDir: string): Promise<boolean> {
  const suite = spawn("npm", ["run", "--silent", "test:e2e"], {
    env: { ...process.env, E2E_OUTPUTS: join(dataDir, "outputs.json") },
    stdio: "inherit",
  });
  const [exitCode] = (await once(suite, "exit")) as [number | null];
  return exitCode === 0;
}

function report(usage: readonly RoleUsage[]): void {
  console.log(formatUsage(usage, allowList));
  const { unused, needless } = findUnused(usage, allowList);
  const problems = [...unused, ...needless];
  console.log(problems.length > 0 ? `\n${problems.join("\n")}` : "\nNo grant is unused.");
  if (problems.length > 0) {
    process.exitCode = 1;
  }
}

void main();
