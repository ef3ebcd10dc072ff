import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type LocalRun, startLocalRun } from "../tests/support/local-run";
import { usageOfTree } from "./support/process-tree";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

const maxRatio = 1.5;
/** Until what a start needed alone is given back. */
const settleMs = 2000;

/** Measures starts of the local run. */
export function measure({ against, rounds, progress }: SectionOptions): Promise<Measurement[]> {
  return against === undefined
    ? comparePack(rounds, progress)
    : compareCheckouts(against, rounds, progress);
}

type Report = SectionOptions["progress"];

async function comparePack(rounds: number, progress: Report): Promise<Measurement[]> {
  await secondsUntilReady();
  const checked = { options: [], seconds: [] as number[] };
  const unchecked = { options: ["--no-policy"], seconds: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const { options, seconds } of inTurn([checked, unchecked], round)) {
      seconds.push(await secondsUntilReady(...options));
    }
  }
  return [
    {
      what: "on an empty data folder",
      how: "until it is ready",
      unit: "s",
      digits: 2,
      ours: checked.seconds,
      other: { name: "with --no-policy", values: unchecked.seconds },
      target: { atMost: maxRatio },
    },
  ];
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

async function compareCheckouts(
  { name, folder }: { name: string; folder: string },
  rounds: number,
  progress: Report,
): Promise<Measurement[]> {
  const own: Starts = { name: "this checkout", first: noTimes(), again: noTimes() };
  const other: Starts = { name, folder, first: noTimes(), again: noTimes() };
  // The first ones build what is kept for the next ones.
  for (const checkout of [own, other]) {
    await measureStarts({ ...checkout, first: noTimes(), again: noTimes() });
  }
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const checkout of inTurn([own, other], round)) {
      await measureStarts(checkout);
    }
  }
  return (["first", "again"] as const).flatMap((kind) => rowsOf(kind, own, other));
}

const figures = [
  { of: "seconds", how: "until it is ready", unit: "s", digits: 2 },
  { of: "cpuSeconds", how: "CPU until it is ready", unit: "s", digits: 2 },
  { of: "pssMb", how: "PSS once it is ready", unit: "MB", digits: 0 },
] as const;

function rowsOf(kind: "first" | "again", own: Starts, other: Starts): Measurement[] {
  const what = { first: "on an empty data folder", again: "again on the same" }[kind];
  return figures.map(({ of, ...figure }) => ({
    what,
    ...figure,
    ours: own[kind][of],
    other: { name: other.name, values: other[kind][of] },
  }));
}

function noTimes(): Times {
  return { seconds: [], cpuSeconds: [], pssMb: [] };
}

/** Starts a checkout twice on one data folder. */
async function measureStarts({ folder, first, again }: Starts): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "darkroom-"));
  let run: LocalRun | undefined;
  try {
    for (const times of [first, again]) {
      run = await startLocalRun([], dataDir, folder);
      const { cpuMs } = usageOfTree(run.pid);
      await setTimeout(settleMs);
      const { pssMb } = usageOfTree(run.pid);
      await run.stop();
      times.seconds.push(readySeconds(run.output()));
      times.cpuSeconds.push(cpuMs / 1000);
      times.pssMb.push(pssMb);
    }
  } finally {
    await run?.remove();
    await rm(dataDir, { recursive: true, force: true });
  }
}
