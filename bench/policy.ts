import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadPolicyPack } from "../local/engine/policy-pack";
import { simulate } from "../tests/policy-pack/support/simulated-engine";
import type { SimulatedResource } from "../tests/policy-pack/support/simulated-engine";
import { analyzeRequest, stackResource } from "../tests/policy-pack/support/wire";
import { manyServices } from "./support/many-services";
import { packSeconds, saveRequests } from "./support/pack-seconds";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

const resourceCount = 5_000;
/** Time for all resources by the time for half of them, of which 2 is linear. */
const maxGrowth = 2.5;

/** Measures the policy pack. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { rounds, against, progress, shutdown, signal } = options;
  const pack = await loadPolicyPack(path.join(__dirname, "../policy-pack"));
  const dir = await mkdtemp(path.join(tmpdir(), "bench-policy-"));
  shutdown.add(() => rm(dir, { recursive: true }));
  const resources = simulate(manyServices(resourceCount), { stack: "production", preview: true });
  const file = await save(resources, dir);
  const half = await save(resources.slice(0, Math.floor(resources.length / 2)), dir);
  const ours = { pack: pack.dir, file, seconds: [] as number[] };
  const ofHalf = { pack: pack.dir, file: half, seconds: [] as number[] };
  const other = against && {
    name: against.name,
    pack: (await loadPolicyPack(path.join(against.folder, "policy-pack"))).dir,
    file,
    seconds: [] as number[],
  };
  const all = [ofHalf, ours, ...(other ? [other] : [])];
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const each of inTurn(all, round)) {
      each.seconds.push(await packSeconds(each.pack, each.file, signal));
    }
  }
  const figure = {
    what: `${resourceCount} resources`,
    how: "CPU of the pack",
    unit: "s",
    digits: 2,
    ours: ours.seconds,
  };
  return [
    {
      ...figure,
      other: { name: "half of them", values: ofHalf.seconds },
      target: { atMost: maxGrowth },
    },
    ...(other ? [{ ...figure, other: { name: other.name, values: other.seconds } }] : []),
  ];
}

/** @returns the file for {@link packSeconds}, with what the engine asks about resources. */
async function save(resources: readonly SimulatedResource[], dir: string): Promise<string> {
  const file = path.join(dir, `${resources.length}.json`);
  await saveRequests(file, {
    analyze: resources.map(analyzeRequest),
    stack: resources.map(stackResource),
  });
  return file;
}
