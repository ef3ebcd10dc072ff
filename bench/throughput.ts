import { setTimeout } from "node:timers/promises";
import { ApiLoad, type Operation, type Sent } from "./support/api-load";
import { type Contender, localRunContender } from "./support/contender";
import { noisyImage } from "./support/photo";
import { usageOfTree } from "./support/process-tree";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";
import { serverlessOfflineContender } from "./support/serverless-offline";

/** What one contender did, by operation. */
interface Measured {
  contender: Contender;
  operations: Readonly<Record<string, Operation>>;
  /** Requests in a second, by operation, a value a round. */
  perSecond: Record<string, number[]>;
  /** Milliseconds of the processor for a request and all that follows from it, likewise. */
  cpuMs: Record<string, number[]>;
  /** After each round. */
  pssMb: number[];
}

/** Images in the list that is asked for. */
const listed = 20;
const warmUpSeconds = 2;
const idle = { everyMs: 500, atMostMs: 25, patienceMs: 120_000 };

/** Measures requests to the local run. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { against, serverlessOffline, rounds, progress, shutdown } = options;
  const measured: Measured[] = [];
  const add = async (contender: Contender): Promise<void> => {
    shutdown.add(() => contender.stop());
    measured.push(await prepare(contender));
  };
  progress("starts");
  await add(await localRunContender("this checkout"));
  if (against !== undefined) {
    await add(await localRunContender(against.name, against.folder));
  }
  if (serverlessOffline) {
    await add(await serverlessOfflineContender());
  }
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    await measureRound(measured, options, round);
  }
  const [own, ...others] = measured;
  return own === undefined ? [] : measurements(own, others);
}

async function prepare(contender: Contender): Promise<Measured> {
  const load = new ApiLoad(contender.target);
  // About 100 KB.
  const image = await noisyImage(316, 97);
  let imageId = "";
  for (let index = 0; index < listed; index++) {
    const uploaded = await load.call(uploadOf(image, "lister"));
    ({ imageId } = JSON.parse(uploaded) as { imageId: string });
  }
  load.close();
  const operations = {
    "GET /images/{id}": { method: "GET", path: `/images/${imageId}` },
    "GET /images": { method: "GET", path: `/images?userId=lister&limit=${listed}` },
    "POST /images, 100 KB": uploadOf(image, "uploader"),
  };
  return { contender, operations, perSecond: {}, cpuMs: {}, pssMb: [] };
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

async function measureRound(
  measured: readonly Measured[],
  { seconds = 3, clients = 8 }: SectionOptions,
  round: number,
): Promise<void> {
  for (const name of Object.keys(measured[0]?.operations ?? {})) {
    for (const each of inTurn(measured, round)) {
      await measureOne(each, name, seconds, clients);
    }
  }
  for (const { contender, pssMb } of measured) {
    pssMb.push(usageOf(contender).pssMb);
  }
}

async function measureOne(
  { contender, operations, perSecond, cpuMs }: Measured,
  name: string,
  seconds: number,
  clients: number,
): Promise<void> {
  const operation = operations[name];
  if (operation === undefined) {
    throw new Error(`There is no operation ${name}.`);
  }
  await send(contender, operation, warmUpSeconds, clients);
  const before = await cpuMsOnceIdle(contender);
  const sent = await send(contender, operation, seconds, clients);
  const used = (await cpuMsOnceIdle(contender)) - before;
  (perSecond[name] ??= []).push(sent.requests / sent.seconds);
  (cpuMs[name] ??= []).push(used / sent.requests);
}

/** By connections of its own: those that are not used for some seconds, servers close. */
async function send(
  { target }: Contender,
  operation: Operation,
  seconds: number,
  clients: number,
): Promise<Sent> {
  const load = new ApiLoad(target);
  try {
    return await load.send(operation, seconds, clients);
  } finally {
    load.close();
  }
}

/**
 * Waits until a contender has nothing more to do, as where images that were uploaded are described, and
 * tells what it has used of the processor by then.
 */
async function cpuMsOnceIdle(contender: Contender): Promise<number> {
  const deadline = performance.now() + idle.patienceMs;
  let { cpuMs } = usageOf(contender);
  while (performance.now() < deadline) {
    await setTimeout(idle.everyMs);
    const before = cpuMs;
    ({ cpuMs } = usageOf(contender));
    if (cpuMs - before <= idle.atMostMs) {
      return cpuMs;
    }
  }
  throw new Error(`${contender.name} is still at work after ${idle.patienceMs / 1000} s.`);
}

function usageOf({ pids }: Contender): { cpuMs: number; pssMb: number } {
  const usages = pids.map(usageOfTree);
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    pssMb: usages.reduce((sum, { pssMb }) => sum + pssMb, 0),
  };
}

/** A figure beside that of each other contender; alone, if there is none. */
function measurements(own: Measured, others: readonly Measured[]): Measurement[] {
  const rows = (
    figure: Pick<Measurement, "what" | "how" | "unit" | "digits">,
    of: (measured: Measured) => number[],
  ): Measurement[] =>
    others.length === 0
      ? [{ ...figure, ours: of(own) }]
      : others.map((other) => ({
          ...figure,
          ours: of(own),
          other: { name: other.contender.name, values: of(other) },
        }));
  return [
    ...Object.keys(own.operations).flatMap((what) => [
      ...rows({ what, how: "in a second", unit: "" }, ({ perSecond }) => perSecond[what] ?? []),
      ...rows(
        { what, how: "CPU of a request", unit: "ms", digits: 2 },
        ({ cpuMs }) => cpuMs[what] ?? [],
      ),
    ]),
    ...rows({ what: "all processes", how: "PSS", unit: "MB", digits: 0 }, ({ pssMb }) => pssMb),
  ];
}
