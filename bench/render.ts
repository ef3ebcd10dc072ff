import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { costOf, costOfRendering, type Line, million } from "../scripts/costs/usage";
import { measuredBy } from "./support/measured-by";
import type { Measured } from "./support/measure-render";
import { makePhoto } from "./support/photo";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

const maxTimeRatio = 1.25;
const maxMemoryRatio = 1.3;

/** What is made for the table: width and format. */
const renditions = [240, 640, 1920].flatMap((width) =>
  ["webp", "avif", "jpeg"].map((format) => [width, format] as const),
);

/** For a million of them. */
const requests: Line = { what: "render-image", price: "lambdaRequests", quantity: million };

/** Measures making renditions. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-render-"));
  options.shutdown.add(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "photo.jpg");
  // 12 megapixels, as telephones take.
  writeFileSync(file, await makePhoto(4000, 3000));
  return [...(await compare(file, options)), ...(await ofSizes(file, options))];
}

async function compare(file: string, { rounds, progress, signal }: SectionOptions) {
  const plain = { what: "library", taken: [] as Measured[] } as const;
  const ours = { what: "render", taken: [] as Measured[] } as const;
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const { what, taken } of inTurn([plain, ours], round)) {
      taken.push(await measureOne(what, file, 640, "webp", signal));
    }
  }
  const row = (of: keyof Measured, how: string, unit: string, atMost: number): Measurement => ({
    what: "640 pixels, WebP",
    how,
    unit,
    digits: 0,
    ours: ours.taken.map(({ [of]: value }) => value),
    other: { name: "the library", values: plain.taken.map(({ [of]: value }) => value) },
    target: { atMost },
  });
  return [
    row("milliseconds", "CPU", "ms", maxTimeRatio),
    row("megabytes", "peak of memory", "MB", maxMemoryRatio),
  ];
}

async function ofSizes(file: string, { progress, signal }: SectionOptions) {
  const measurements: Measurement[] = [];
  for (const [width, format] of renditions) {
    progress(`${width} pixels, ${format}`);
    const { milliseconds, megabytes } = await measureOne("render", file, width, format, signal);
    const price = costOfRendering(milliseconds) + costOf(requests);
    const what = `${width} pixels, ${format}`;
    measurements.push(
      { what, how: "CPU", unit: "ms", digits: 0, ours: [milliseconds] },
      { what, how: "peak of memory", unit: "MB", digits: 0, ours: [megabytes] },
      { what, how: "a million", unit: "$", digits: 2, ours: [price] },
    );
  }
  return measurements;
}

/** Measures in a process of its own, whose peak of memory nothing else has raised. */
async function measureOne(
  what: "library" | "render",
  file: string,
  width: number,
  format: string,
  signal: AbortSignal,
): Promise<Measured> {
  const script = path.join(__dirname, "support/measure-render.ts");
  const args = ["--import", "tsx", script, what, file, String(width), format];
  return await measuredBy(args, { signal });
}
