import { join } from "node:path";
import { readJson } from "../../local/aws/files";
import { startLocalRun } from "../../tests/support/local-run";
import type { Target } from "./api-load";

/** Something that serves the API, with all that it takes, in processes of its own. */
export interface Contender {
  name: string;
  target: Target;
  /** Its processes, with those that they start. */
  pids: readonly number[];
  stop(): Promise<void>;
}

/** So many requests as one measures are no misuse. */
const withoutThrottles = ["-c", "apiThrottleRate=10000", "-c", "apiThrottleBurst=5000"];

/**
 * A local run of a checkout, with no data.
 *
 * @param folder of the checkout. Default: this one.
 */
export async function localRunContender(
  name: string,
  folder?: string,
): Promise<Contender & { dataDir: string }> {
  const run = await startLocalRun(["--no-policy", ...withoutThrottles], undefined, folder);
  const outputs = join(run.dataDir, "outputs.json");
  const { apiUrl, apiKey } = readJson(outputs) as { apiUrl: string; apiKey: string };
  return {
    name,
    target: { url: apiUrl, apiKey },
    pids: [run.pid],
    dataDir: run.dataDir,
    stop: () => run.remove(),
  };
}
