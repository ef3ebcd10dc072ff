/**
 * How long `npm start` takes until it is ready, and how much of that is due to the policy pack.
 *
 * Exits with 1 when the pack makes a start more than half as long again.
 */
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { startLocalRun } from "../tests/support/local-run";

const maxRatio = 1.5;
const rounds = 3;

async function main(): Promise<number> {
  const description = "Measures how long npm start takes, with the policy pack and without.";
  parseNoOptions("bench:start", description, process.argv.slice(2));
  await secondsUntilReady();
  const checked: number[] = [];
  const unchecked: number[] = [];
  for (let round = 0; round < rounds; round++) {
    checked.push(await secondsUntilReady());
    unchecked.push(await secondsUntilReady("--no-policy"));
  }
  return report(Math.min(...checked), Math.min(...unchecked)) ? 0 : 1;
}

/** Starts a local run with no data, and stops it again. */
async function secondsUntilReady(...options: string[]): Promise<number> {
  const run = await startLocalRun(options);
  await run.remove();
  return Number(/Ready in ([\d.]+) s/.exec(run.output())?.[1]);
}

/** @returns whether the pack takes no more than it may. */
function report(checked: number, unchecked: number): boolean {
  const ratio = checked / unchecked;
  console.log(`npm start: ready in ${checked.toFixed(1)} s, the fastest of ${rounds}`);
  console.log(
    `with --no-policy: ${unchecked.toFixed(1)} s, of which it is ${ratio.toFixed(2)} times`,
  );
  if (ratio > maxRatio) {
    console.error(`error: the policy pack may take no more than ${maxRatio} times`);
  }
  return ratio <= maxRatio;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
