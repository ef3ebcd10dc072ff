import { quantile } from "../scripts/soak/quantile";
import { startLocalRun } from "../tests/support/local-run";
import { makePhoto } from "./support/photo";
import { RenditionViewer } from "./support/rendition-viewer";
import type { Measurement, SectionOptions } from "./support/section";

/** Of the time that making takes. */
const maxShare = 0.05;
const maxMade = 2;
const viewers = 100;
const hitsPerRound = 5;
/** Widths that are asked for begin here; none is asked for twice. */
const firstWidth = 640;

/** Milliseconds until viewers had renditions. */
interface Times {
  made: number[];
  fromBucket: number[];
  fromCache: number[];
}

/** Measures serving renditions. */
export async function measure({
  rounds,
  progress,
  shutdown,
}: SectionOptions): Promise<Measurement[]> {
  const run = await startLocalRun(["--fresh"]);
  shutdown.add(() => run.remove());
  const viewer = new RenditionViewer(run.dataDir);
  try {
    // 12 megapixels, as telephones take.
    const imageId = await viewer.upload(await makePhoto(4000, 3000));
    const times = await measureOne(viewer, imageId, rounds, progress);
    const made = await countMadeAtOnce(viewer, imageId, firstWidth + rounds);
    return measurements(times, made);
  } finally {
    viewer.close();
  }
}

/** Takes turns, so that whatever else the machine does slows down all alike. */
async function measureOne(
  viewer: RenditionViewer,
  imageId: string,
  rounds: number,
  progress: (text: string) => void,
): Promise<Times> {
  const times: Times = { made: [], fromBucket: [], fromCache: [] };
  for (let round = -1; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
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
      times.fromCache.push(quantile(fromCache, 0.5));
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
async function countMadeAtOnce(
  viewer: RenditionViewer,
  imageId: string,
  width: number,
): Promise<number> {
  const url = await viewer.sign(imageId, `width=${width}&format=webp`);
  const before = await viewer.countMade(imageId);
  await Promise.all(Array.from({ length: viewers }, () => viewer.view(url)));
  return (await viewer.countMade(imageId)) - before;
}

function measurements({ made, fromBucket, fromCache }: Times, madeAtOnce: number): Measurement[] {
  const other = { name: "made for the first time", values: made };
  const stored = { how: "until a viewer has it", unit: "ms", other, target: { atMost: maxShare } };
  return [
    { ...stored, what: "stored, from the bucket", ours: fromBucket },
    { ...stored, what: "stored, from the cache", ours: fromCache },
    {
      what: `one that ${viewers} viewers ask for at once`,
      how: "how often it is made",
      unit: "",
      digits: 0,
      ours: [madeAtOnce],
      target: { atMost: maxMade },
    },
  ];
}
