import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadPolicyPack } from "../local/engine/policy-pack";
import type { RegisteredResource } from "../local/engine/registered-resource";
import { copiesOf } from "./support/copies";
import { packSeconds, saveRequests } from "./support/pack-seconds";
import { processorSeconds } from "./support/processor-seconds";
import { recordGraph, requestsAbout } from "./support/record-graph";
import type { Measurement, Section, SectionOptions } from "./support/section";

/** Ours by another checkout's. */
const maxRatio = 0.7;
/** What a copy may take of many, by what it takes of few. */
const maxGrowthOfCopies = 1.3;
/** Time for all resources by the time for half of them, of which 2 is linear. */
const maxGrowthOfGraph = 2.3;
const graphSize = 5000;

export const section: Section = {
  name: "program",
  title: "what the program and its policies take",
  description:
    "Processor time of all processes of `npm run policy -- --preview`, in which `index.ts` makes its " +
    "stack once, 10 times and 50 times, each under a prefix of its own; and of the policy pack over " +
    `the first ${graphSize} resources that many copies register, beside half of them.`,
  minutes: 8,
  rounds: 3,
  measure,
};

async function measure(options: SectionOptions): Promise<Measurement[]> {
  return [...(await measureCopies(options)), ...(await measureGraph(options))];
}

async function measureCopies(options: SectionOptions): Promise<Measurement[]> {
  const { against, rounds } = options;
  const here = path.join(__dirname, "..");
  const times = { one: [] as number[], ten: [] as number[], fifty: [] as number[] };
  const others: number[] = [];
  // The first ones build what is kept for the next ones.
  for (const folder of [here, ...(against ? [against.folder] : [])]) {
    await secondsFor(1, folder, options);
  }
  for (let round = 1; round <= rounds; round++) {
    options.progress(`copies of the stack, round ${round} of ${rounds}`);
    const pair = [
      async () => times.one.push(await secondsFor(1, here, options)),
      async () => against && others.push(await secondsFor(1, against.folder, options)),
    ];
    for (const take of round % 2 === 0 ? pair : pair.reverse()) {
      await take();
    }
    times.ten.push(await secondsFor(10, here, options));
    times.fifty.push(await secondsFor(50, here, options));
  }
  const each = (more: readonly number[], fewer: readonly number[], copies: number) =>
    more.map((seconds, round) => (seconds - (fewer[round] ?? NaN)) / copies);
  const ofTen = each(times.ten, times.one, 9);
  const figure = { how: "processor time, all processes", unit: "s", digits: 2 };
  return [
    {
      ...{ ...figure, what: "program and policies, 1 copy of the stack", ours: times.one },
      ...(against && {
        other: { name: against.name, values: others },
        target: { atMost: maxRatio },
      }),
    },
    { ...figure, what: "10 copies, each after the first", ours: ofTen },
    {
      ...{ ...figure, what: "50 copies, each after the tenth" },
      ours: each(times.fifty, times.ten, 40),
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
  const [all, half] = [
    await save(resources, dir),
    await save(resources.slice(0, graphSize / 2), dir),
  ];
  const ours: number[] = [];
  const ofHalf: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`pack over ${graphSize} resources, round ${round} of ${rounds}`);
    ours.push(await packSeconds(pack, all, signal));
    ofHalf.push(await packSeconds(pack, half, signal));
  }
  return [
    {
      what: `policy pack over ${graphSize} resources`,
      how: "processor time",
      unit: "s",
      digits: 2,
      ours,
      other: { name: "half of them", values: ofHalf },
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
