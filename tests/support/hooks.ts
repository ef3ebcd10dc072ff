import { inspect } from "node:util";
import { runAtEnd } from "./at-end";
import { isSelection, shortened, testsNotRun } from "./not-run";
import { attributeErrors, describeStrays, runningTitle, takeStrayErrors } from "./stray-errors";

attributeErrors();

let root: Mocha.Suite | undefined;

function remember(this: Mocha.Context): void {
  root = this.runnable().parent;
}

/** Ends what specs share, and fails with what the run of the tests would not tell otherwise. */
async function finish(this: Mocha.Context): Promise<void> {
  this.timeout(120_000);
  const problems: string[] = [];
  await runAtEnd().catch((error: unknown) => {
    problems.push(inspect(error));
  });
  const problem = [...problems, ...strayErrors(), ...notRun()].join("\n\n");
  root = undefined;
  if (problem) {
    throw new Error(problem);
  }
}

function strayErrors(): string[] {
  const strays = takeStrayErrors();
  return strays.length > 0 ? [describeStrays(strays)] : [];
}

function notRun(): string[] {
  const titles = root && !isSelection(process.argv) ? testsNotRun(root) : [];
  return titles.length > 0 ? [shortened(titles)] : [];
}

// A test may end the process, and an error may come after the run. Mocha sets its own exit code at the exit.
process.on("exit", reportRest);
process.once("beforeExit", () => {
  process.off("exit", reportRest);
  process.on("exit", reportRest);
});

function reportRest(): void {
  const title = runningTitle();
  const ended = root && title ? [`The process was ended in the middle of ${title}.`] : [];
  const problem = [...ended, ...strayErrors(), ...(root ? notRun() : [])].join("\n\n");
  root = undefined;
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
  }
}

export const mochaHooks = { beforeAll: [remember], afterAll: [finish] };
