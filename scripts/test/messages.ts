/** An error as it is passed on between processes; `actual` and `expected` are texts. */
export interface ErrorReport {
  name: string;
  message: string;
  stack?: string;
  actual?: string;
  expected?: string;
  cause?: ErrorReport;
}

/** A test, or a hook that failed. */
export interface TestReport {
  /** The titles of its suites, outermost first, and its own. */
  path: string[];
  durationMs?: number;
  /** From how many milliseconds on it is called slow. */
  slowMs: number;
}

/** What happens in a file of tests, in the order of mocha's events. */
export type TestEvent =
  | { kind: "suite"; title: string }
  | { kind: "suite end" }
  | { kind: "pass" | "pending"; test: TestReport }
  | { kind: "fail"; test: TestReport; error: ErrorReport };

/** What a process of tests tells. */
export type FromWorker =
  | TestEvent
  /** It is not held up. */
  | { kind: "alive" }
  /** The tests of a file that are to be run. */
  | { kind: "planned"; paths: string[][] }
  /** A test or hook begins. */
  | { kind: "running"; path: string[] }
  /** A file is over. */
  | { kind: "finished"; problems: string[] }
  /** What files share is gone. */
  | { kind: "ended"; problems: string[] };

/** What a process of tests is told: to run a file, or to end. */
export type ToWorker = { kind: "run"; file: string } | { kind: "end" };
