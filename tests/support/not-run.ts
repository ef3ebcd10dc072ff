/**
 * The tests below a suite that were to be run and were not, as after a failure of a hook: mocha leaves
 * out the rest of the suite, and says no word of it.
 */
export function testsNotRun(suite: Mocha.Suite): string[] {
  return [
    ...suite.tests
      .filter((test) => test.state === undefined && !test.isPending())
      .map((test) => test.fullTitle()),
    ...suite.suites.flatMap(testsNotRun),
  ];
}

/** Whether mocha is told to leave out tests. */
export function isSelection(args: readonly string[]): boolean {
  return args.some((arg) => /^(-[gfib]|--(f?grep|invert|bail)(=.*)?)$/.test(arg));
}
