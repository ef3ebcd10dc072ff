const steps: (() => Promise<void>)[] = [];

/** Runs `step` after the last test of the whole run: for what specs share. */
export function atEnd(step: () => Promise<void>): void {
  steps.push(step);
}

/** Runs what was registered, the latest first. */
export async function runAtEnd(): Promise<void> {
  for (const step of steps.reverse()) {
    await step();
  }
}
