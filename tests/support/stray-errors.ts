import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";
import Mocha from "mocha";

/** What nobody has caught, and the full title of the test or hook that had begun it and was over. */
export interface StrayError {
  title: string;
  error: unknown;
}

/** What mocha does not declare: how a test is told that it is over. */
interface Running extends Mocha.Runnable {
  callback?: (error?: unknown) => void;
}

/** Whose work the code that is running is. */
const owners = new AsyncLocalStorage<Mocha.Runnable>();
let current: Running | undefined;
let strays: StrayError[] = [];
const seen = new WeakSet<Promise<unknown>>();

/** The test or hook that is running. */
export function runningTitle(): string | undefined {
  return current?.fullTitle();
}

/** Whether the test or hook whose work the code that is running is, was given up. */
export function hasTimedOut(): boolean {
  return owners.getStore()?.timedOut === true;
}

/** What has come since the last call. */
export function takeStrayErrors(): StrayError[] {
  const taken = strays;
  strays = [];
  return taken;
}

/** One text of all of them. */
export function describeStrays(errors: readonly StrayError[]): string {
  const texts = errors.map(
    ({ title, error }) => `  ${title}:\n    ${inspect(error).replaceAll("\n", "\n    ")}`,
  );
  return `Errors came when the tests that had caused them were over:\n${texts.join("\n")}`;
}

/**
 * From now on, an error that nobody catches fails the test that has begun the work, and no other one:
 * mocha would fail whichever test is running by then, or leave out all the rest where none is.
 * `takeStrayErrors` has what comes when its test is over.
 *
 * An assertion inside an un-awaited `apply` would otherwise be lost: mocha only sees what a test returns.
 */
export function attributeErrors(): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its `this`
  const { run } = Mocha.Runnable.prototype;
  Mocha.Runnable.prototype.run = function (this: Running, done?: Mocha.Done) {
    begin(this, () => {
      run.call(this, (error) => {
        current = undefined;
        done?.(error);
      });
    });
  };
  // What takes the place of mocha's own; a capture callback would exclude the module `domain`, which
  // Pulumi's serialiser of functions loads.
  (Mocha.Runner.prototype as unknown as { _uncaught: () => void })._uncaught = () => undefined;
  process.on("uncaughtException", attribute);
  process.on("unhandledRejection", (reason, promise) => {
    // Mocha emits the event once more.
    if (!seen.has(promise)) {
      seen.add(promise);
      attribute(reason);
    }
  });
}

function begin(runnable: Running, work: () => void): void {
  current = runnable;
  owners.run(runnable, work);
}

function attribute(error: unknown): void {
  const owner = owners.getStore();
  if (current?.callback && owner && isPartOf(owner, current)) {
    const test = current;
    test.callback?.(error ?? new Error("A promise was rejected without a reason."));
    // What else it does is late.
    test.timedOut = true;
  } else {
    strays.push({ title: owner?.fullTitle() ?? "outside of all tests", error });
  }
}

/** Whether it is the running test's own work, or of a hook of its suites, as of a server for all tests. */
function isPartOf(owner: Mocha.Runnable, running: Mocha.Runnable): boolean {
  if (owner === running) {
    return true;
  }
  const suites = suitesOf(running);
  return owner instanceof Mocha.Hook && owner.parent !== undefined && suites.includes(owner.parent);
}

function suitesOf(runnable: Mocha.Runnable): Mocha.Suite[] {
  const suites: Mocha.Suite[] = [];
  for (let suite = runnable.parent; suite; suite = suite.parent) {
    suites.push(suite);
  }
  return suites;
}
