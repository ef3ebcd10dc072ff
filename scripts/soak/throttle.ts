import { join } from "node:path";
import { loadProject } from "../../local/engine/project";
import { loadStackConfig } from "../../local/engine/stack-config";
import { connect } from "../../tests/e2e/support/stack";
import { startLocalRun } from "../../tests/support/local-run";
import type { Proof } from "./report";
import { quotaFor, runThrottle, type ThrottleOptions } from "./throttle/run-throttle";

/** Throttles and quota let in what they are configured to, and those who are let in do not wait. */
export const throttle: Proof = async ({ seconds }, progress) => {
  const limits = await configuredLimits();
  const quota = quotaFor({ seconds, limits });
  const run = await startLocalRun(["--no-policy", "--config", `dailyRequestQuota=${quota}`]);
  try {
    const options = { seconds, limits, quota, mostSlowdown: 2 };
    return await runThrottle(connect(run.dataDir), options, progress);
  } finally {
    await run.remove();
  }
};

/** What the local stack is configured with. */
async function configuredLimits(): Promise<ThrottleOptions["limits"]> {
  const project = await loadProject(join(__dirname, "..", ".."));
  const { values } = await loadStackConfig(project, "local");
  const limit = (name: string) => ({
    rate: Number(values[`${project.name}:${name}ThrottleRate`]),
    burst: Number(values[`${project.name}:${name}ThrottleBurst`]),
  });
  return { process: limit("process"), api: limit("api") };
}
