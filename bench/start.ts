/**
 * How long `npm start` takes until it is ready: how much of that is due to the policy pack or, with
 * `--against`, side by side with another checkout, on an empty data folder and again on the same one.
 *
 * Without `--against`, exits with 1 when the pack makes a start more than half as long again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Command } from "commander";
import { type CommandContext, runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { startLocalRun } from "../tests/support/local-run";
import { otherCheckout } from "./support/checkout";
import { markdownTable, medianAndSpread, medianRatio } from "./support/markdown-table";
import { parseCount } from "./support/parse-count";
import { usageOfTree } from "./support/process-tree";

const maxRatio = 1.5;
const packRounds = 3;
/** Until what a start needed alone is given back. */
const settleMs = 2000;

interface Options {
  against?: string;
  rounds: number;
}

async function main(context: CommandContext): Promise<number> {
  const { against, rounds } = new Command("npm run bench:start --")
    .description("Measures how long npm start takes, with the policy pack and without.")
    .option(
      "--against <ref|folder>",
      "compare with another checkout, or a revision, in place of that",
    )
    .option("--rounds <number>", "how often each is started then", parseCount, 5)
    .exitOverride()
    .parse(process.argv.slice(2), { from: "user" })
    .opts<Options>();
  if (against === undefined) {
    return (await comparePack()) ? 0 : 1;
  }
  const checkout = otherCheckout(against);
  context.shutdown.add(() => checkout.remove());
  await compareCheckouts(against, checkout.folder, rounds);
  return 0;
}

/** @returns whether the pack takes no more than it may. */
async function comparePack(): Promise<boolean> {
  await secondsUntilReady();
  const checked: number[] = [];
  const unchecked: number[] = [];
  for (let round = 0; round < packRounds; round++) {
    checked.push(await secondsUntilReady());
    unchecked.push(await secondsUntilReady("--no-policy"));
  }
  return report(Math.min(...checked), Math.min(...unchecked));
}

/** Starts a local run with no data, and stops it again. */
async function secondsUntilReady(...options: string[]): Promise<number> {
  const run = await startLocalRun(options);
  await run.remove();
  return readySeconds(run.output());
}

function readySeconds(output: string): number {
  return Number(/Ready in ([\d.]+) s/.exec(output)?.[1]);
}

function report(checked: number, unchecked: number): boolean {
  const ratio = checked / unchecked;
  console.log(`npm start: ready in ${checked.toFixed(1)} s, the fastest of ${packRounds}`);
  console.log(
    `with --no-policy: ${unchecked.toFixed(1)} s, of which it is ${ratio.toFixed(2)} times`,
  );
  if (ratio > maxRatio) {
    console.error(`error: the policy pack may take no more than ${maxRatio} times`);
  }
  return ratio <= maxRatio;
}

/** What a start took, a value a round. */
interface Times {
  seconds: number[];
  /** Of the processor, by all processes. */
  cpuSeconds: number[];
  /** Once it is ready, of all processes. */
  pssMb: number[];
}

interface Starts {
  name: string;
  folder?: string;
  first: Times;
  again: Times;
}

/** Takes turns, so that whatever else the machine does slows down all alike. */
async function compareCheckouts(against: string, folder: string, rounds: number): Promise<void> {
  const checkouts: Starts[] = [
    { name: "this checkout", first: noTimes(), again: noTimes() },
    { name: against, folder, first: noTimes(), again: noTimes() },
  ];
  // The first ones build what is kept for the next ones.
  for (const checkout of checkouts) {
    await measure({ ...checkout, first: noTimes(), again: noTimes() });
  }
  for (let round = 0; round < rounds; round++) {
    for (const checkout of round % 2 === 0 ? checkouts : checkouts.toReversed()) {
      await measure(checkout);
    }
  }
  console.log(`${rounds} starts of each in turns; medians, and the middle half:\n`);
  const head = ["start", "of", "seconds", "this ÷ it", "CPU seconds", "this ÷ it", "PSS, MB"];
  const rows = (["first", "again"] as const).flatMap((kind) => rowsOf(kind, checkouts));
  console.log(markdownTable(head, rows));
}

function rowsOf(kind: "first" | "again", checkouts: readonly Starts[]): string[][] {
  const own = checkouts[0]?.[kind] ?? noTimes();
  const title = { first: "on an empty data folder", again: "again on the same" }[kind];
  return checkouts.map(({ name, [kind]: times }) => [
    title,
    name,
    medianAndSpread(times.seconds),
    medianRatio(own.seconds, times.seconds).toFixed(2),
    medianAndSpread(times.cpuSeconds),
    medianRatio(own.cpuSeconds, times.cpuSeconds).toFixed(2),
    medianAndSpread(times.pssMb, 0),
  ]);
}

function noTimes(): Times {
  return { seconds: [], cpuSeconds: [], pssMb: [] };
}

/** Starts a checkout twice on one data folder. */
async function measure({ folder, first, again }: Starts): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "darkroom-"));
  try {
    for (const times of [first, again]) {
      const run = await startLocalRun([], dataDir, folder);
      const { cpuMs } = usageOfTree(run.pid);
      await setTimeout(settleMs);
      const { pssMb } = usageOfTree(run.pid);
      await run.stop();
      times.seconds.push(readySeconds(run.output()));
      times.cpuSeconds.push(cpuMs / 1000);
      times.pssMb.push(pssMb);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
