import { join } from "node:path";
import { loadProject } from "../../local/engine/project";
import { loadStackConfig } from "../../local/engine/stack-config";
import { connect } from "../../tests/e2e/support/stack";
import { startLocalRun } from "../../tests/support/local-run";
import type { Proof } from "./report";
import type { Limit } from "./throttle/part";
import { quotaFor, runThrottle } from "./throttle/run-throttle";

/**
 * Of all routes but POST /process. By default it is five times as much: what is sent beyond that would
 * be all that a busy machine can send and serve.
 */
const apiLimit: Limit = { rate: 20, burst: 40 };

/** Throttles and quota let in what they are configured to, and those who are let in do not wait. */
export const throttle: Proof = async ({ seconds }, progress) => {
  const limits = { process: await defaultProcessLimit(), api: apiLimit };
  const quota = quotaFor({ seconds, limits });
  const config = {
    apiThrottleRate: apiLimit.rate,
    apiThrottleBurst: apiLimit.burst,
    dailyRequestQuota: quota,
  };
  const given = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
  const run = await startLocalRun(["--no-policy", ...given]);
  try {
    const options = { seconds, limits, quota, mostSlowdown: 2 };
    return await runThrottle(connect(run.dataDir), options, progress);
  } finally {
    await run.remove();
  }
};

async function defaultProcessLimit(): Promise<Limit> {
  const project = await loadProject(join(__dirname, "..", ".."));
  const { values } = await loadStackConfig(project, "local");
  return {
    rate: Number(values[`${project.name}:processThrottleRate`]),
    burst: Number(values[`${project.name}:processThrottleBurst`]),
  };
}
