import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadPolicyPack } from "../local/engine/policy-pack";
import type { RegisteredResource } from "../local/engine/registered-resource";
import { copiesOf } from "./support/copies";
import { graphSize } from "./support/graph-size";
import { packSeconds, saveRequests } from "./support/pack-seconds";
import { processorSeconds } from "./support/processor-seconds";
import { recordGraph, requestsAbout } from "./support/record-graph";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

/** Ours by another checkout's. */
const maxRatio = 0.7;
/** What a copy may take of many, by what it takes of few. */
const maxGrowthOfCopies = 1.3;
/** Time for all resources by the time for half of them, of which 2 is linear. */
const maxGrowthOfGraph = 2.3;

/** Measures what the program and its policies take. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  return [...(await measureCopies(options)), ...(await measureGraph(options))];
}

async function measureCopies(options: SectionOptions): Promise<Measurement[]> {
  const { against, rounds } = options;
  const here = path.join(__dirname, "..");
  const one = { copies: 1, folder: here, seconds: [] as number[] };
  const ten = { copies: 10, folder: here, seconds: [] as number[] };
  const fifty = { copies: 50, folder: here, seconds: [] as number[] };
  const other = against && { ...against, copies: 1, seconds: [] as number[] };
  // The first ones build what is kept for the next ones.
  for (const { folder } of other ? [one, other] : [one]) {
    await secondsFor(1, folder, options);
  }
  const all = [...(other ? [other] : []), one, ten, fifty];
  for (let round = 0; round < rounds; round++) {
    options.progress(`copies of the stack, round ${round + 1} of ${rounds}`);
    for (const { copies, folder, seconds } of inTurn(all, round)) {
      seconds.push(await secondsFor(copies, folder, options));
    }
  }
  const each = (more: readonly number[], fewer: readonly number[], copies: number) =>
    more.map((seconds, round) => (seconds - (fewer[round] ?? NaN)) / copies);
  const ofTen = each(ten.seconds, one.seconds, 9);
  const figure = { how: "processor time, all processes", unit: "s", digits: 2 };
  return [
    {
      ...figure,
      what: "program and policies, 1 copy of the stack",
      ours: one.seconds,
      ...(other && {
        other: { name: other.name, values: other.seconds },
        target: { atMost: maxRatio },
      }),
    },
    { ...figure, what: "10 copies, each after the first", ours: ofTen },
    {
      ...figure,
      what: "50 copies, each after the tenth",
      ours: each(fifty.seconds, ten.seconds, 40),
      other: { name: "each of 10", values: ofTen },
      target: { atMost: maxGrowthOfCopies },
    },
  ];
}

function secondsFor(copies: number, folder: string, { signal }: SectionOptions): Promise<number> {
  const policy = [path.join(folder, "local/launch.mjs"), "policy", "--preview"];
  return processorSeconds([process.execPath, ...policy], {
    cwd: folder,
    env: copiesOf(copies),
    signal,
  });
}

async function measureGraph({
  rounds,
  signal,
  shutdown,
  progress,
}: SectionOptions): Promise<Measurement[]> {
  const dir = await mkdtemp(path.join(tmpdir(), "bench-program-"));
  shutdown.add(() => rm(dir, { recursive: true }));
  progress(`recording ${graphSize} resources`);
  const resources = await graph(signal);
  const { dir: pack } = await loadPolicyPack(path.join(__dirname, "../policy-pack"));
  const ours = { file: await save(resources, dir), seconds: [] as number[] };
  const ofHalf = {
    file: await save(resources.slice(0, graphSize / 2), dir),
    seconds: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    progress(`pack over ${graphSize} resources, round ${round + 1} of ${rounds}`);
    for (const { file, seconds } of inTurn([ours, ofHalf], round)) {
      seconds.push(await packSeconds(pack, file, signal));
    }
  }
  return [
    {
      what: `policy pack over ${graphSize} resources`,
      how: "processor time",
      unit: "s",
      digits: 2,
      ours: ours.seconds,
      other: { name: "half of them", values: ofHalf.seconds },
      target: { atMost: maxGrowthOfGraph },
    },
  ];
}

async function graph(signal: AbortSignal): Promise<RegisteredResource[]> {
  const { length } = await recordGraph(1, signal);
  // All copies are below one stack.
  const resources = await recordGraph(Math.ceil(graphSize / (length - 1)), signal);
  return resources.slice(0, graphSize);
}

/** @returns the file for {@link packSeconds}. */
async function save(resources: readonly RegisteredResource[], dir: string): Promise<string> {
  const file = path.join(dir, `${resources.length}.json`);
  await saveRequests(file, requestsAbout(resources));
  return file;
}
