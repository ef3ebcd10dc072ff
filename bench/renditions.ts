/**
 * How much faster a rendition is served that is stored than one that is made for the first time,
 * through the edge of a local run, and how often one is made that many ask for at once.
 *
 * With `--check`, exits with 1 when a target is missed.
 */
import { Command } from "commander";
import { type CommandContext, runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { quantile } from "../scripts/soak/quantile";
import { startLocalRun } from "../tests/support/local-run";
import { makePhoto } from "./support/photo";
import { RenditionViewer } from "./support/rendition-viewer";

const minSpeedup = 20;
const maxMade = 2;
const viewers = 100;
const rounds = 20;
const hitsPerRound = 5;
/** Widths that are asked for begin here; none is asked for twice. */
const firstWidth = 640;

/** Milliseconds until viewers had renditions. */
interface Times {
  made: number[];
  fromBucket: number[];
  fromCache: number[];
}

async function main({ shutdown }: CommandContext): Promise<number> {
  const { check = false } = new Command("npm run bench:renditions --")
    .description("Measures how fast renditions are served, made and stored.")
    .option("--check", "exit with 1 when a target is missed")
    .exitOverride()
    .parse(process.argv.slice(2), { from: "user" })
    .opts<{ check?: boolean }>();
  const run = await startLocalRun(["--fresh"]);
  shutdown.add(() => run.remove());
  const viewer = new RenditionViewer(run.dataDir);
  try {
    // 12 megapixels, as telephones take.
    const imageId = await viewer.upload(await makePhoto(4000, 3000));
    const times = await measure(viewer, imageId);
    const made = await countMadeAtOnce(viewer, imageId);
    const passed = report(times, made);
    return passed || !check ? 0 : 1;
  } finally {
    viewer.close();
  }
}

/** Takes turns, so that whatever else the machine does slows down all alike. */
async function measure(viewer: RenditionViewer, imageId: string): Promise<Times> {
  const times: Times = { made: [], fromBucket: [], fromCache: [] };
  for (let round = -1; round < rounds; round++) {
    const url = await viewer.sign(imageId, `width=${firstWidth + round}&format=webp`);
    const made = await view(viewer, url, false);
    const fromCache: number[] = [];
    for (let hit = 0; hit < hitsPerRound; hit++) {
      fromCache.push(await view(viewer, url, true));
    }
    await viewer.forget(url);
    const fromBucket = await view(viewer, url, false);
    // The first round starts the function.
    if (round >= 0) {
      times.made.push(made);
      times.fromCache.push(...fromCache);
      times.fromBucket.push(fromBucket);
    }
  }
  const made = await viewer.countMade(imageId);
  if (made !== rounds + 1) {
    throw new Error(`${rounds + 1} renditions were made ${made} times.`);
  }
  return times;
}

/** @throws Error when the edge had the rendition and should not, or the other way round. */
async function view(viewer: RenditionViewer, url: string, isHit: boolean): Promise<number> {
  const viewed = await viewer.view(url);
  if (viewed.isHit !== isHit) {
    throw new Error(`The edge had the rendition in its cache: ${viewed.isHit}.`);
  }
  return viewed.milliseconds;
}

/** How often a rendition is made for all viewers who ask for it while it is not there. */
async function countMadeAtOnce(viewer: RenditionViewer, imageId: string): Promise<number> {
  const url = await viewer.sign(imageId, `width=${firstWidth + rounds}&format=webp`);
  const before = await viewer.countMade(imageId);
  await Promise.all(Array.from({ length: viewers }, () => viewer.view(url)));
  return (await viewer.countMade(imageId)) - before;
}

/** @returns whether all targets are met. */
function report({ made, fromBucket, fromCache }: Times, madeAtOnce: number): boolean {
  const median = quantile(made, 0.5);
  const speedups = [fromBucket, fromCache].map((times) => median / quantile(times, 0.5));
  const [bucketSpeedup = 0, cacheSpeedup = 0] = speedups;
  console.log("A WebP 640 pixels wide, of a JPEG of 12 megapixels, through the local edge:\n");
  console.log("| served                   | median ms | 10 % to 90 %    | faster than made |");
  console.log("| ------------------------ | --------- | --------------- | ---------------- |");
  console.log(row("made for the first time", made, ""));
  console.log(row("stored, from the bucket", fromBucket, `${bucketSpeedup.toFixed(0)} ×`));
  console.log(row("stored, from the cache", fromCache, `${cacheSpeedup.toFixed(0)} ×`));
  console.log(
    `\n${viewers} viewers ask at once for one that is not there: made ${madeAtOnce} ×.\n`,
  );
  return [
    target(`stored at least ${minSpeedup} × faster than made`, Math.min(...speedups) >= minSpeedup),
    target(`made at most ${maxMade} × for ${viewers} at once`, madeAtOnce <= maxMade),
  ].every(Boolean);
}

function row(served: string, times: readonly number[], speedup: string): string {
  const spread = [0.1, 0.9].map((share) => quantile(times, share).toFixed(1)).join(" – ");
  const cells = [
    served.padEnd(24),
    quantile(times, 0.5).toFixed(1).padEnd(9),
    spread.padEnd(15),
    speedup.padEnd(16),
  ];
  return `| ${cells.join(" | ")} |`;
}

function target(text: string, isMet: boolean): boolean {
  console.log(`${isMet ? "ok  " : "FAIL"} ${text}`);
  return isMet;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
