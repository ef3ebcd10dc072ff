/**
 * How long `npm start` takes until it is ready, and how much of that is due to the policy pack.
 *
 * Exits with 1 when the pack makes a start more than half as long again.
 */
import { startLocalRun } from "../tests/support/local-run";

const maxRatio = 1.5;
const rounds = 3;

async function main(): Promise<void> {
  await secondsUntilReady();
  const checked: number[] = [];
  const unchecked: number[] = [];
  for (let round = 0; round < rounds; round++) {
    checked.push(await secondsUntilReady());
    unchecked.push(await secondsUntilReady("--no-policy"));
  }
  report(Math.min(...checked), Math.min(...unchecked));
}

/** Starts a local run with no data, and stops it again. */
async function secondsUntilReady(...options: string[]): Promise<number> {
  const run = await startLocalRun(options);
  await run.remove();
  return Number(/Ready in ([\d.]+) s/.exec(run.output())?.[1]);
}

function report(checked: number, unchecked: number): void {
  const ratio = checked / unchecked;
  console.log(`npm start: ready in ${checked.toFixed(1)} s, the fastest of ${rounds}`);
  console.log(
    `with --no-policy: ${unchecked.toFixed(1)} s, of which it is ${ratio.toFixed(2)} times`,
  );
  if (ratio > maxRatio) {
    console.error(`error: the policy pack may take no more than ${maxRatio} times`);
    process.exitCode = 1;
  }
}

void main();
