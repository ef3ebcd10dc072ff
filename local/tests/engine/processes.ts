import { hasTimedOut } from "../../../tests/support/stray-errors";

/** Whether a process with this id is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      return false;
    }
    throw error;
  }
}

/**
 * Resolves once `condition` holds; mocha's timeout is the limit.
 *
 * @throws Error once the test that waits has timed out, so that nothing of it goes on.
 */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (hasTimedOut()) {
      throw new Error("The test that waits has timed out.");
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
