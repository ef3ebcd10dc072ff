/** A process that runs files of tests, one after the other, as it is told to. */
import { mkdirSync, readdirSync } from "node:fs";
import { setSourceMapsSupport } from "node:module";
import { tmpdir } from "node:os";
import { relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import Mocha from "mocha";
import { timeout } from "../../.mocharc.json";
import { runAtEnd } from "../../tests/support/at-end";
import { attributeErrors, describeStrays, takeStrayErrors } from "../../tests/support/stray-errors";
import { Forwarder } from "./forwarder";
import { reportError } from "./error-report";
import type { FromWorker, ToWorker } from "./messages";

/** What mocha does not declare. */
interface Disposable {
  dispose: () => void;
}

/** How often it tells that it is not held up, in milliseconds. */
const aliveMs = 1000;

/** What Node.js and tsx keep between processes. */
const caches = /^(tsx-\d+|node-compile-cache)$/;

/** The file that was running when something came up in the temp folder. */
const origins = new Map<string, string>();

function tell(message: FromWorker): void {
  process.send?.(message);
}

async function run(file: string): Promise<void> {
  const name = relative(process.cwd(), file);
  const mocha = new Mocha({ timeout, forbidOnly: true, reporter: Forwarder });
  mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
    tell({ kind: "planned", paths: testsBelow(mocha.suite).map((test) => test.titlePath()) });
    await new Promise<void>((resolve) => {
      const runner: Mocha.Runner & Disposable = mocha.run(() => {
        // It would go on to pass on each rejection to all others that there are.
        runner.dispose();
        resolve();
      });
    });
  } catch (error) {
    const test = { path: [`${name}, of which no test ran: it cannot be loaded`], slowMs: Infinity };
    tell({ kind: "fail", test, error: reportError(error) });
  }
  // What has just been rejected is heard of now.
  await setImmediate();
  const problems = strayErrors();
  for (const entry of leftInTemp(problems)) {
    origins.set(entry, origins.get(entry) ?? name);
  }
  tell({ kind: "finished", problems });
}

function testsBelow(suite: Mocha.Suite): Mocha.Test[] {
  return [...suite.tests.filter((test) => !test.isPending()), ...suite.suites.flatMap(testsBelow)];
}

/** Ends what files share. Whatever keeps the process from ending then should not be there. */
async function end(): Promise<void> {
  clearInterval(alive);
  const problems: string[] = [];
  await runAtEnd().catch((error: unknown) => {
    problems.push(inspect(error));
  });
  await setImmediate();
  for (const entry of leftInTemp(problems)) {
    problems.push(
      `${entry} was left in the temp folder, since ${origins.get(entry) ?? "the end"}.`,
    );
  }
  tell({ kind: "ended", problems: [...problems, ...strayErrors()] });
  process.off("disconnect", endGroup);
  process.disconnect();
}

/** @param problems gets that somebody has removed the folder, which the next file needs as well. */
function leftInTemp(problems: string[]): string[] {
  try {
    return readdirSync(tmpdir()).filter((entry) => !caches.test(entry));
  } catch (error) {
    problems.push(`The temp folder cannot be read: ${String(error)}`);
    mkdirSync(tmpdir(), { recursive: true });
    return [];
  }
}

function strayErrors(): string[] {
  const strays = takeStrayErrors();
  return strays.length > 0 ? [describeStrays(strays)] : [];
}

/** When the process that has started this one is gone, so is this one with all that its tests have started. */
function endGroup(): void {
  process.kill(-process.pid, "SIGKILL");
}

// Where packages have been before they were compiled nobody asks. Each map of one would be read, for each
// resource that a Pulumi program makes, too, as the SDK takes down the stack then.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
attributeErrors();
process.on("disconnect", endGroup);
const alive = setInterval(tell, aliveMs, { kind: "alive" });
process.on("message", (message: ToWorker) => {
  void (message.kind === "run" ? run(message.file) : end());
});
