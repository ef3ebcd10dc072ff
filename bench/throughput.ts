/**
 * How many requests a local run serves in a second, and what that costs in processor time and memory,
 * side by side with another checkout and with serverless-offline.
 */
import { Command } from "commander";
import sharp from "sharp";
import { type CommandContext, runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { quantile } from "../scripts/soak/quantile";
import { ApiLoad, type Operation } from "./support/api-load";
import { otherCheckout } from "./support/checkout";
import { type Contender, localRunContender } from "./support/contender";
import { markdownTable, medianAndSpread, medianRatio } from "./support/markdown-table";
import { parseCount } from "./support/parse-count";
import { usageOfTree } from "./support/process-tree";
import { serverlessOfflineContender } from "./support/serverless-offline";

interface Options {
  against?: string;
  serverlessOffline: boolean;
  rounds: number;
  seconds: number;
  clients: number;
}

/** What one contender did, by operation. */
interface Measured {
  contender: Contender;
  load: ApiLoad;
  operations: Readonly<Record<string, Operation>>;
  /** Requests in a second, by operation, a value a round. */
  perSecond: Record<string, number[]>;
  /** Milliseconds of the processor for a request, likewise. */
  cpuMs: Record<string, number[]>;
  /** After each round. */
  pssMb: number[];
}

/** Images in the list that is asked for. */
const listed = 20;
const warmUpSeconds = 2;

async function main({ shutdown }: CommandContext): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const started: Contender[] = [];
  const own = await localRunContender("this checkout");
  shutdown.add(() => own.stop());
  started.push(own);
  if (options.against !== undefined) {
    const checkout = otherCheckout(options.against);
    shutdown.add(async () => {
      await checkout.remove();
    });
    const other = await localRunContender(options.against, checkout.folder);
    shutdown.add(() => other.stop());
    started.push(other);
  }
  if (options.serverlessOffline) {
    const offline = await serverlessOfflineContender();
    shutdown.add(() => offline.stop());
    started.push(offline);
  }
  const measured: Measured[] = [];
  for (const contender of started) {
    measured.push(await prepare(contender));
  }
  for (let round = 0; round < options.rounds; round++) {
    await measureRound(measured, options, round);
  }
  report(measured, options);
  measured.forEach(({ load }) => {
    load.close();
  });
  return 0;
}

function parseOptions(args: readonly string[]): Options {
  return new Command("npm run bench:throughput --")
    .description("Measures the requests in a second that a local run serves.")
    .option("--against <ref|folder>", "another checkout to compare with, or a revision of it")
    .option(
      "--serverless-offline",
      "compare with serverless-offline, which is installed first",
      false,
    )
    .option("--rounds <number>", "how often each is measured", parseCount, 5)
    .option("--seconds <number>", "how long each is measured, a round", parseCount, 3)
    .option("--clients <number>", "requests at a time", parseCount, 8)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<Options>();
}

async function prepare(contender: Contender): Promise<Measured> {
  const load = new ApiLoad(contender.target);
  const image = await noisyJpeg();
  let imageId = "";
  for (let index = 0; index < listed; index++) {
    const uploaded = await load.call(uploadOf(image, "lister"));
    ({ imageId } = JSON.parse(uploaded) as { imageId: string });
  }
  const operations = {
    "GET /images/{id}": { method: "GET", path: `/images/${imageId}` },
    "GET /images": { method: "GET", path: `/images?userId=lister&limit=${listed}` },
    "POST /images, 100 KB": uploadOf(image, "uploader"),
  };
  return { contender, load, operations, perSecond: {}, cpuMs: {}, pssMb: [] };
}

/** As JSON, in which every emulator takes an image. */
function uploadOf(image: Buffer, userId: string): Operation {
  const body = { userId, contentType: "image/jpeg", imageData: image.toString("base64") };
  return {
    method: "POST",
    path: "/images",
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** About 100 KB, which an image needs noise for. */
async function noisyJpeg(): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const create = { width: 316, height: 316, channels: 3, background: "gray", noise } as const;
  return await sharp({ create }).jpeg({ quality: 97 }).toBuffer();
}

/** Takes turns, so that whatever else the machine does slows down all alike. */
async function measureRound(
  measured: readonly Measured[],
  { seconds, clients }: Options,
  round: number,
): Promise<void> {
  for (const name of Object.keys(measured[0]?.operations ?? {})) {
    // Whoever is first in one round is last in the next one.
    for (const each of round % 2 === 0 ? measured : measured.toReversed()) {
      await measure(each, name, round === 0 ? warmUpSeconds : 0, seconds, clients);
    }
  }
  for (const { contender, pssMb } of measured) {
    pssMb.push(usageOf(contender).pssMb);
  }
}

async function measure(
  { contender, load, operations, perSecond, cpuMs }: Measured,
  name: string,
  warmUp: number,
  seconds: number,
  clients: number,
): Promise<void> {
  const operation = operations[name];
  if (operation === undefined) {
    throw new Error(`There is no operation ${name}.`);
  }
  await load.send(operation, warmUp, clients);
  const before = usageOf(contender).cpuMs;
  const sent = await load.send(operation, seconds, clients);
  const used = usageOf(contender).cpuMs - before;
  (perSecond[name] ??= []).push(sent.requests / sent.seconds);
  (cpuMs[name] ??= []).push(used / sent.requests);
}

function usageOf({ pids }: Contender): { cpuMs: number; pssMb: number } {
  const usages = pids.map(usageOfTree);
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    pssMb: usages.reduce((sum, { pssMb }) => sum + pssMb, 0),
  };
}

function report(measured: readonly Measured[], { rounds, seconds, clients }: Options): void {
  const [own] = measured;
  if (own === undefined) {
    return;
  }
  const rows = Object.keys(own.operations).flatMap((name) =>
    measured.map((each) => [
      name,
      each.contender.name,
      medianAndSpread(each.perSecond[name] ?? []),
      medianRatio(own.perSecond[name] ?? [], each.perSecond[name] ?? []).toFixed(2),
      medianAndSpread(each.cpuMs[name] ?? [], 2),
      medianRatio(each.cpuMs[name] ?? [], own.cpuMs[name] ?? []).toFixed(2),
    ]),
  );
  console.log(
    `${rounds} rounds of ${seconds} s with ${clients} clients; medians, and the middle half:\n`,
  );
  const head = ["request", "of", "per second", "this ÷ it", "CPU ms each", "it ÷ this"];
  console.log(markdownTable(head, rows));
  console.log("");
  const memory = measured.map(({ contender, pssMb }) => [
    contender.name,
    medianAndSpread(pssMb, 0),
    quantile(pssMb, 1).toFixed(0),
  ]);
  console.log(markdownTable(["memory (PSS) of all processes, MB", "median", "most"], memory));
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
