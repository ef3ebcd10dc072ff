import { runAtEnd } from "./at-end";
import { isSelection, testsNotRun } from "./not-run";

/**
 * Fails the run when a promise rejects and nothing handles it.
 *
 * An assertion inside an un-awaited `apply` would otherwise be lost: mocha only sees what a test
 * returns.
 */
process.on("unhandledRejection", (reason) => {
  throw reason;
});

async function clearUp(this: Mocha.Context): Promise<void> {
  this.timeout(120_000);
  await runAtEnd();
}

/** Fails the run with the names of the tests that it left out. */
function requireAllRun(this: Mocha.Context): void {
  const root = this.runnable().parent;
  const names = root && !isSelection(process.argv) ? testsNotRun(root) : [];
  if (names.length > 0) {
    throw new Error(`${names.length} tests did not run:\n  ${names.join("\n  ")}`);
  }
}

export const mochaHooks = { afterAll: [clearUp, requireAllRun] };
