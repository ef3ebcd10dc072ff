const pauseMs = 50;

/** Waits until `condition` holds, for so long at most. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  deadlineMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`It did not come about within ${deadlineMs} ms: ${String(condition)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
