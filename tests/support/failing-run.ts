import { atEnd } from "./at-end";
import { type InProcessRun, startInProcess } from "./in-process-run";
import { NextFaults } from "./next-faults";

/** The program in a local cloud whose calls can be made to fail. */
export interface FailingRun extends InProcessRun {
  faults: NextFaults;
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
  return { ...(await startInProcess({ faults, lambda }, config)), faults };
}

let shared: Promise<FailingRun> | undefined;

/** The one that all specs share which attack it or let it fail. */
export function sharedRun(): Promise<FailingRun> {
  shared ??= startFailing().then((run) => {
    atEnd(() => run.remove());
    return run;
  });
  return shared;
}
