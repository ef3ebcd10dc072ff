import { runAtEnd } from "./at-end";

/**
 * Fails the run when a promise rejects and nothing handles it.
 *
 * An assertion inside an un-awaited `apply` would otherwise be lost: mocha only sees what a test
 * returns.
 */
process.on("unhandledRejection", (reason) => {
  throw reason;
});

export const mochaHooks = { afterAll: runAtEnd };
