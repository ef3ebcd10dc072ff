const steps: (() => Promise<void>)[] = [];

/** Runs `step` after the last test of the whole run: for what specs share. */
export function atEnd(step: () => Promise<void>): void {
  steps.push(step);
}

/**
 * Runs what was registered, the latest first; a step that fails keeps no other from being run.
 *
 * @throws AggregateError of what failed.
 */
export async function runAtEnd(): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps.splice(0).reverse()) {
    await step().catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) {
    throw new AggregateError(
      errors,
      `What tests share did not end: ${errors.map(String).join("; ")}`,
    );
  }
}

/** One that all specs share that ask for it: started for the first of them, and removed at the end. */
export function sharedByAll<Run extends { remove(): Promise<void> }>(
  start: () => Promise<Run>,
): () => Promise<Run> {
  let shared: Promise<Run> | undefined;
  return () => {
    shared ??= start().then((run) => {
      atEnd(() => run.remove());
      return run;
    });
    return shared;
  };
}
