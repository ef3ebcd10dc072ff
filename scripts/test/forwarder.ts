import Mocha from "mocha";
import { reportError } from "./error-report";
import type { FromWorker, TestReport } from "./messages";

const { constants } = Mocha.Runner;

/** Tells the process that has started this one what happens. */
export class Forwarder extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on(constants.EVENT_SUITE_BEGIN, ({ root, title }) => {
      if (!root) {
        tell({ kind: "suite", title });
      }
    });
    runner.on(constants.EVENT_SUITE_END, ({ root }) => {
      if (!root) {
        tell({ kind: "suite end" });
      }
    });
    for (const event of [constants.EVENT_TEST_BEGIN, constants.EVENT_HOOK_BEGIN] as const) {
      runner.on(event, (runnable: Mocha.Runnable) => {
        tell({ kind: "running", path: runnable.titlePath() });
      });
    }
    runner.on(constants.EVENT_TEST_PASS, (test) => {
      tell({ kind: "pass", test: reportTest(test) });
    });
    runner.on(constants.EVENT_TEST_PENDING, (test) => {
      tell({ kind: "pending", test: reportTest(test) });
    });
    runner.on(constants.EVENT_TEST_FAIL, (test, error: unknown) => {
      tell({ kind: "fail", test: reportTest(test), error: reportError(error) });
    });
  }
}

function reportTest(test: Mocha.Runnable): TestReport {
  return { path: test.titlePath(), durationMs: test.duration, slowMs: test.slow() };
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
