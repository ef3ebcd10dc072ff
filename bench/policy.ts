import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { loadPolicyPack } from "../local/engine/policy-pack";
import { simulate } from "../tests/policy-pack/support/simulated-engine";
import type { SimulatedResource } from "../tests/policy-pack/support/simulated-engine";
import { analyzeRequest, stackResource } from "../tests/policy-pack/support/wire";
import { manyServices } from "./support/many-services";
import type { Measurement, Section, SectionOptions } from "./support/section";

const resourceCount = 5_000;
/** Time for all resources by the time for half of them, of which 2 is linear. */
const maxGrowth = 2.5;

/** The part of `npm run bench` about the policy pack. */
export const section: Section = {
  name: "policy",
  title: "what the policy pack costs over many resources",
  description:
    "Processor time of the pack for the resources of many services, as the engine sends them: for all beside " +
    "half of them, of which 2 is linear.",
  minutes: 2,
  rounds: 3,
  measure,
};

async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { rounds, against, progress, shutdown } = options;
  const pack = await loadPolicyPack(path.join(__dirname, "../policy-pack"));
  const other = against && (await loadPolicyPack(path.join(against.folder, "policy-pack")));
  const dir = await mkdtemp(path.join(tmpdir(), "bench-policy-"));
  shutdown.add(() => rm(dir, { recursive: true }));
  const resources = simulate(manyServices(resourceCount), { stack: "production", preview: true });
  const half = resources.slice(0, Math.floor(resources.length / 2));
  const ours: number[] = [];
  const ofHalf: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    ours.push(await secondsFor(pack.dir, resources, dir));
    ofHalf.push(await secondsFor(pack.dir, half, dir));
    if (other) {
      others.push(await secondsFor(other.dir, resources, dir));
    }
  }
  const figure = { what: `${resourceCount} resources`, unit: "s", digits: 2, ours };
  return [
    {
      ...figure,
      how: "CPU of the pack",
      other: { name: "half of them", values: ofHalf },
      target: { atMost: maxGrowth },
    },
    ...(against
      ? [{ ...figure, how: "CPU of the pack", other: { name: against.name, values: others } }]
      : []),
  ];
}

/** Processor time of a pack for the resources, which it gets as the engine sends them. */
async function secondsFor(
  pack: string,
  resources: readonly SimulatedResource[],
  dir: string,
): Promise<number> {
  const all = new AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
  const file = path.join(dir, "requests.json");
  const requests = {
    analyze: resources.map((one) => base64(analyzeRequest(one))),
    analyzeStack: base64(all),
  };
  await writeFile(file, JSON.stringify(requests));
  const script = path.join(__dirname, "support/measure-pack.cjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, pack, file]);
  return Number(stdout);
}

function base64(message: { serializeBinary(): Uint8Array }): string {
  return Buffer.from(message.serializeBinary()).toString("base64");
}
