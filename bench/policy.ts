/**
 * What the policy pack costs over many resources, and how that grows; beside another build of it, if one
 * is given: `npm run bench:policy -- --against <folder>`, such as `policy-pack` of an older commit after
 * `git worktree add` and `npm ci` there.
 *
 * Exits with 1 when twice the resources take much more than twice the time, or when the pack is less
 * than three times as fast as the other.
 */
import path from "node:path";
import { performance } from "node:perf_hooks";
import { AnalyzeStackRequest, ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Command } from "commander";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { PackConnection } from "../local/engine/pack-connection";
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

async function main(context: CommandContext): Promise<number> {
  const { against } = new Command("npm run bench:policy --")
    .description("Measures what the policy pack costs over many resources.")
    .option("--against <folder>", "another build of the pack, to be measured beside it")
    .exitOverride()
    .parse(process.argv.slice(2), { from: "user" })
    .opts<Options>();
  const pack = await loadPolicyPack(path.join(__dirname, "../policy-pack"));
  const resources = simulate(manyServices(resourceCount), { stack: "production", preview: true });
  const half = resources.slice(0, Math.floor(resources.length / 2));
  const ours: number[] = [];
  const ofHalf: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await secondsFor(pack.dir, resources, context));
    ofHalf.push(await secondsFor(pack.dir, half, context));
    if (against !== undefined) {
      others.push(await secondsFor(path.resolve(against), resources, context));
    }
  }
  return report(Math.min(...ours), Math.min(...ofHalf), Math.min(...others)) ? 0 : 1;
}

/** Starts a pack, sends it the resources as the engine does, and stops it. */
async function secondsFor(
  dir: string,
  resources: readonly SimulatedResource[],
  { shutdown }: CommandContext,
): Promise<number> {
  const pack = await PackConnection.open({
    project: "programs",
    stack: "production",
    config: { values: {}, secretKeys: [], secrets: [] },
    dir,
    dryRun: true,
  });
  shutdown.add(() => pack.close());
  const single = resources.map(analyzeRequest);
  const all = new AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
  await pack.call((client, done) => client.configure(new ConfigureAnalyzerRequest(), done));
  const start = performance.now();
  // The engine analyzes resources at once that do not depend on each other.
  await Promise.all(
    single.map((request) => pack.call((client, done) => client.analyze(request, done))),
  );
  await pack.call((client, done) => client.analyzeStack(all, done));
  const seconds = (performance.now() - start) / 1000;
  await pack.close();
  return seconds;
}

/** @returns whether the pack takes no more than it may. */
function report(ours: number, ofHalf: number, other: number): boolean {
  const growth = ours / ofHalf;
  console.log(`${resourceCount} resources: ${ours.toFixed(2)} s, the fastest of ${rounds}`);
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
