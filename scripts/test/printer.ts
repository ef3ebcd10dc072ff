import Mocha from "mocha";
import { shortened } from "../../tests/support/not-run";
import { errorOf } from "./error-report";
import type { TestEvent, TestReport } from "./messages";
import type { ScriptResult } from "./script";
import type { FileResult } from "./worker";

const { constants } = Mocha.Runner;

/** Prints what came of the tests as mocha does, file by file, and one summary. */
export class Printer {
  readonly #root = rootSuite();
  readonly #runner = new Mocha.Runner(this.#root);
  readonly #stats = { suites: 0, tests: 0, passes: 0, pending: 0, failures: 0, start: new Date() };
  readonly #notRun: string[] = [];
  readonly #problems: string[] = [];

  constructor() {
    Object.assign(this.#runner, { stats: this.#stats });
    new Mocha.reporters.Spec(this.#runner);
    this.#runner.emit(constants.EVENT_RUN_BEGIN);
    this.#runner.emit(constants.EVENT_SUITE_BEGIN, this.#root);
  }

  /** Prints a file, as a whole: others run at the same time. */
  file({ name, events, output, notRun, problems }: FileResult): void {
    process.stdout.write(output);
    let depth = 0;
    for (const event of events) {
      depth += { suite: 1, "suite end": -1 }[event.kind as string] ?? 0;
      this.#emit(event);
    }
    // The process has ended in the middle.
    for (; depth > 0; depth -= 1) {
      this.#emit({ kind: "suite end" });
    }
    this.#notRun.push(...notRun);
    this.#problems.push(...problems.map((problem) => `${name}: ${problem}`));
  }

  /** Prints what a script has found. */
  script({ script, seconds, output, isGood }: ScriptResult): void {
    const symbol = isGood ? Mocha.reporters.Base.symbols.ok : Mocha.reporters.Base.symbols.err;
    console.log(`  npm run ${script} ${symbol} (${seconds.toFixed(0)} s)\n${output}`);
    if (!isGood) {
      this.#problems.push(`npm run ${script} failed.`);
    }
  }

  /** Adds what is wrong beside tests. */
  problem(text: string): void {
    this.#problems.push(text);
  }

  /**
   * Prints the summary.
   *
   * @returns whether all is well.
   */
  end(): boolean {
    const end = new Date();
    const duration = end.getTime() - this.#stats.start.getTime();
    Object.assign(this.#stats, { end, duration });
    this.#runner.emit(constants.EVENT_RUN_END);
    const left = this.#notRun.length > 0 ? [shortened(this.#notRun)] : [];
    const problems = [...left, ...this.#problems];
    if (problems.length > 0) {
      console.error(`${problems.join("\n\n")}\n`);
    }
    return this.#stats.failures === 0 && problems.length === 0;
  }

  #emit(event: TestEvent): void {
    switch (event.kind) {
      case "suite":
        this.#runner.emit(constants.EVENT_SUITE_BEGIN, new Mocha.Suite(event.title));
        break;
      case "suite end":
        this.#runner.emit(constants.EVENT_SUITE_END, new Mocha.Suite(""));
        break;
      case "pass":
        this.#stats.passes += 1;
        this.#runner.emit(constants.EVENT_TEST_PASS, testOf(event.test));
        break;
      case "pending":
        this.#stats.pending += 1;
        this.#runner.emit(constants.EVENT_TEST_PENDING, testOf(event.test));
        break;
      case "fail":
        this.#stats.failures += 1;
        this.#runner.emit(constants.EVENT_TEST_FAIL, testOf(event.test), errorOf(event.error));
        break;
    }
  }
}

/** The test as mocha's reporters know it, in suites of the same titles. */
function testOf({ path, durationMs, slowMs }: TestReport): Mocha.Test {
  const test = new Mocha.Test(path.at(-1) ?? "", () => undefined);
  test.parent = path
    .slice(0, -1)
    .reduce((parent, title) => Mocha.Suite.create(parent, title), rootSuite());
  test.duration = durationMs;
  test.slow(slowMs);
  return test;
}

function rootSuite(): Mocha.Suite {
  return Object.assign(new Mocha.Suite(""), { root: true });
}
