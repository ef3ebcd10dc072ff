import { join } from "node:path";
import { sdkSettings } from "../tests/handlers/support";
import { measuredBy } from "./support/measured-by";
import type { Cost, ScaleCosts } from "./support/measure-scale";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

const fewest = 100;
const sizes = [10_000, 100_000];
const maxRatio = 1.3;

type Samples = Record<keyof ScaleCosts, Cost[]>;

/** Measures stacks with many images. */
export async function measure({
  rounds,
  images,
  progress,
  signal,
}: SectionOptions): Promise<Measurement[]> {
  const counts = [fewest, ...sizes, ...(images === undefined ? [] : [images])];
  const all = counts.map((count) => ({ count, samples: noSamples() }));
  for (let round = 0; round < rounds; round++) {
    for (const { count, samples } of inTurn(all, round)) {
      progress(`round ${round + 1} of ${rounds}, ${count} images`);
      for (const [name, cost] of Object.entries(await run(count, signal))) {
        samples[name as keyof ScaleCosts].push(cost);
      }
    }
  }
  const [few, ...many] = all;
  return few === undefined
    ? []
    : many.flatMap(({ count, samples }) => rowsOf(count, samples, few.samples));
}

function noSamples(): Samples {
  return { user: [], tag: [], all: [], delete: [], sweep: [] };
}

async function run(count: number, signal: AbortSignal): Promise<ScaleCosts> {
  const args = ["--import", "tsx", join(__dirname, "support/measure-scale.ts"), String(count)];
  return await measuredBy(args, { env: { ...process.env, ...sdkSettings }, signal });
}

const titles = {
  user: "a user's images",
  tag: "images with a tag",
  all: "all images",
  delete: "a delete",
  sweep: "a sweep, each",
} as const;

const figures = [
  { of: "microseconds", how: "CPU in the handler", unit: "µs", digits: 0 },
  { of: "calls", how: "calls to AWS", unit: "", digits: 1 },
  { of: "units", how: "capacity units of DynamoDB", unit: "", digits: 1 },
] as const;

function rowsOf(count: number, samples: Samples, few: Samples): Measurement[] {
  return (Object.keys(titles) as (keyof ScaleCosts)[]).flatMap((name) =>
    figures.map(({ of, ...figure }) => ({
      what: `${titles[name]}, among ${count.toLocaleString("en")}`,
      ...figure,
      ours: samples[name].map(({ [of]: value }) => value),
      other: { name: `among ${fewest}`, values: few[name].map(({ [of]: value }) => value) },
      target: { atMost: maxRatio },
    })),
  );
}
