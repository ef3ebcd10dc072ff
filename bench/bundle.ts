import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundlesOf, functionsIn } from "./support/bundles";
import { defaultPackaging, type Sizes, sizesOf } from "./support/default-packaging";
import type { Measurement, SectionOptions, Target } from "./support/section";

const projectDir = join(__dirname, "..");
const maxByOther: Target = { atMost: 0.5 };
/** A thirtieth. */
const maxByDefault: Target = { atMost: 0.033 };
const kinds = ["bytes", "zipped"] as const;

/** Measures how large the functions are. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { against, progress } = options;
  const own = await bundle({ name: "this checkout", folder: projectDir }, options);
  const other = against && (await bundle(against, options));
  progress("packs all packages");
  const standard = { name: "packed by default", sizes: await defaultPackaging() };
  const largest = [...own.sizes.values()].reduce((most, each) =>
    each.zipped > most.zipped ? each : most,
  );
  return [
    ...all(own.sizes, other),
    ...kinds.map((kind) =>
      measurement("the largest function", kind, largest, standard, maxByDefault),
    ),
  ];
}

/** What a checkout's functions take up. */
interface Bundled {
  name: string;
  sizes: ReadonlyMap<string, Sizes>;
}

async function bundle(
  { name, folder: checkout }: { name: string; folder: string },
  { progress, signal }: SectionOptions,
): Promise<Bundled> {
  progress(`bundles ${name}`);
  const folder = await bundlesOf(checkout, signal);
  const sizes = functionsIn(folder).map(
    (title) => [title, sizesOf(readFileSync(join(folder, `${title}.js`)))] as const,
  );
  return { name, sizes: new Map(sizes) };
}

function all(own: Bundled["sizes"], other?: Bundled): Measurement[] {
  return [...own].flatMap(([name, sizes]) => {
    const otherSizes = other?.sizes.get(name);
    const compared = other && otherSizes && { name: other.name, sizes: otherSizes };
    return kinds.map((kind) => measurement(name, kind, sizes, compared, maxByOther));
  });
}

function measurement(
  what: string,
  kind: keyof Sizes,
  own: Sizes,
  other: { name: string; sizes: Sizes } | undefined,
  target: Target,
): Measurement {
  return {
    what,
    how: kind === "bytes" ? "its code" : "its code, zipped",
    unit: "KB",
    ours: [own[kind] / 1000],
    ...(other && { other: { name: other.name, values: [other.sizes[kind] / 1000] }, target }),
  };
}
