import { connect } from "../../tests/e2e/support/stack";
import { startLocalRun } from "../../tests/support/local-run";
import { runMalformed } from "./malformed/run-malformed";
import type { Proof } from "./report";

/** Config that lets the load in: what throttles do is proven elsewhere. */
export const unthrottled = {
  apiThrottleRate: "10000",
  apiThrottleBurst: "5000",
  processThrottleRate: "10000",
  processThrottleBurst: "5000",
};

/**
 * Malformed requests, made of the OpenAPI document and of valid ones, are all refused in the one
 * error shape, in time, and without a trace in logs, memory, buckets and tables.
 */
export const malformed: Proof = async (options, progress) => {
  const config = Object.entries(unthrottled).flatMap(([key, value]) => [
    "--config",
    `${key}=${value}`,
  ]);
  const run = await startLocalRun(["--no-policy", ...config]);
  try {
    const { dataDir, pid } = run;
    const target = { stack: connect(dataDir), dataDir, pid, output: () => run.output() };
    return await runMalformed(target, options, progress);
  } finally {
    await run.remove();
  }
};
