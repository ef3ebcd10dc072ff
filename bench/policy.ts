/**
 * What the policy pack costs over many resources, and how that grows; beside another build of it, if one
 * is given: `npm run bench:policy -- --against <folder>`, such as `policy-pack` of an older commit after
 * `git worktree add` and `npm ci` there.
 *
 * Exits with 1 when twice the resources take much more than twice the time, or when the pack is less
 * than three times as fast as the other.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Command } from "commander";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { loadPolicyPack } from "../local/engine/policy-pack";
import { simulate } from "../tests/policy-pack/support/simulated-engine";
import type { SimulatedResource } from "../tests/policy-pack/support/simulated-engine";
import { analyzeRequest, stackResource } from "../tests/policy-pack/support/wire";
import { manyServices } from "./support/many-services";

const resourceCount = 5_000;
const rounds = 3;
const minSpeedup = 3;
/** Time for all resources by the time for half of them, of which 2 is linear. */
const maxGrowth = 2.5;

interface Options {
  against?: string;
}

async function main({ shutdown }: CommandContext): Promise<number> {
  const { against } = new Command("npm run bench:policy --")
    .description("Measures what the policy pack costs over many resources.")
    .option("--against <folder>", "another build of the pack, to be measured beside it")
    .exitOverride()
    .parse(process.argv.slice(2), { from: "user" })
    .opts<Options>();
  const pack = await loadPolicyPack(path.join(__dirname, "../policy-pack"));
  const dir = await mkdtemp(path.join(tmpdir(), "bench-policy-"));
  shutdown.add(() => rm(dir, { recursive: true }));
  const resources = simulate(manyServices(resourceCount), { stack: "production", preview: true });
  const half = resources.slice(0, Math.floor(resources.length / 2));
  const ours: number[] = [];
  const ofHalf: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await secondsFor(pack.dir, resources, dir));
    ofHalf.push(await secondsFor(pack.dir, half, dir));
    if (against !== undefined) {
      others.push(await secondsFor(path.resolve(against), resources, dir));
    }
  }
  return report(Math.min(...ours), Math.min(...ofHalf), Math.min(...others)) ? 0 : 1;
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

/** @returns whether the pack takes no more than it may. */
function report(ours: number, ofHalf: number, other: number): boolean {
  const growth = ours / ofHalf;
  console.log(
    `${resourceCount} resources: ${ours.toFixed(2)} s of processor time, the least of ${rounds}`,
  );
  console.log(`half of them: ${ofHalf.toFixed(2)} s, so all take ${growth.toFixed(2)} times that`);
  if (growth > maxGrowth) {
    console.error(`error: twice the resources may take no more than ${maxGrowth} times the time`);
  }
  if (!Number.isFinite(other)) {
    return growth <= maxGrowth;
  }
  const speedup = other / ours;
  console.log(`the other build: ${other.toFixed(2)} s, ${speedup.toFixed(1)} times as long`);
  if (speedup < minSpeedup) {
    console.error(`error: the pack is to be at least ${minSpeedup} times as fast`);
  }
  return growth <= maxGrowth && speedup >= minSpeedup;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
