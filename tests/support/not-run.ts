/** How many titles are listed. */
const mostTitles = 20;

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

/** How many tests did not run, and the first of them. */
export function shortened(titles: readonly string[]): string {
  const rest = titles.length - mostTitles;
  const lines = [...titles.slice(0, mostTitles), ...(rest > 0 ? [`and ${rest} more`] : [])];
  const tests = titles.length === 1 ? "1 test" : `${titles.length} tests`;
  return `${tests} did not run:\n  ${lines.join("\n  ")}`;
}

/** Whether mocha is told to leave out tests. */
export function isSelection(args: readonly string[]): boolean {
  return args.some((arg) => /^(-[gfib]|--(f?grep|invert|bail)(=.*)?)$/.test(arg));
}
