import { sharedByAll } from "./at-end";
import { type InProcessRun, startInProcess } from "./in-process-run";
import { NextFaults } from "./next-faults";

/** The program in a local cloud whose calls can be made to fail. */
export interface FailingRun extends InProcessRun {
  faults: NextFaults;
  /** Lets minutes pass for CloudWatch, which then has evaluated and mailed what there was to. */
  afterMinutes(minutes: number): Promise<void>;
}

/**
 * Starts it. An event that its function failed on is tried again at once.
 *
 * @param config values that go before those of the stack.
 */
export async function startFailing(
  config: Readonly<Record<string, string>> = {},
): Promise<FailingRun> {
  const faults = new NextFaults();
  const lambda = { backoff: () => Promise.resolve() };
  // It stands still in between, so that what a test does at once is of one minute.
  let now = Date.now();
  const cloudwatch = { clock: () => new Date(now) };
  const run = await startInProcess({ faults, lambda, cloudwatch }, config);
  const afterMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      now += 60_000;
      await run.cloud.services.cloudwatch.evaluate();
    }
  };
  return { ...run, faults, afterMinutes };
}

/** The one that all specs share which attack it or let it fail. */
export const sharedRun = sharedByAll(() => startFailing());
