import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundlesOf, functionsIn } from "./support/bundles";
import { defaultPackaging, type Sizes, sizesOf } from "./support/default-packaging";
import type { Measurement, Section, SectionOptions, Target } from "./support/section";

const projectDir = join(__dirname, "..");
const maxByOther: Target = { atMost: 0.5 };
/** A thirtieth. */
const maxByDefault: Target = { atMost: 0.033 };

/** The part of `npm run bench` about how large the functions are. */
export const section: Section = {
  name: "bundle",
  title: "size of each function",
  description:
    "Bytes of each function's bundle, as they are and zipped, without the native modules that lie beside " +
    "some; by what `CallbackFunction` of Pulumi packs by default, all packages of the program, and by " +
    "those of another checkout.",
  minutes: 2,
  // The same bytes each time.
  rounds: 1,
  measure,
};

async function measure({ against, progress }: SectionOptions): Promise<Measurement[]> {
  progress("bundles this checkout");
  const own = sizesIn(await bundlesOf(projectDir));
  progress("packs all packages");
  const standard = await defaultPackaging();
  const largest = [...own.values()].reduce((most, each) =>
    each.zipped > most.zipped ? each : most,
  );
  const byDefault = [
    measurement(
      "the largest function",
      "bytes",
      largest,
      { name: "packed by default", sizes: standard },
      maxByDefault,
    ),
    measurement(
      "the largest function",
      "zipped",
      largest,
      { name: "packed by default", sizes: standard },
      maxByDefault,
    ),
  ];
  if (against === undefined) {
    return [...all(own), ...byDefault];
  }
  progress(`bundles ${against.name}`);
  return [
    ...all(own, { name: against.name, sizes: sizesIn(await bundlesOf(against.folder)) }),
    ...byDefault,
  ];
}

function sizesIn(folder: string): ReadonlyMap<string, Sizes> {
  return new Map(
    functionsIn(folder).map((name) => [name, sizesOf(readFileSync(join(folder, `${name}.js`)))]),
  );
}

function all(
  own: ReadonlyMap<string, Sizes>,
  other?: { name: string; sizes: ReadonlyMap<string, Sizes> },
): Measurement[] {
  return [...own].flatMap(([name, sizes]) => {
    const otherSizes = other?.sizes.get(name);
    const compared = other && otherSizes && { name: other.name, sizes: otherSizes };
    return (["bytes", "zipped"] as const).map((kind) =>
      measurement(name, kind, sizes, compared, maxByOther),
    );
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
