import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleUpload } from "./support/bundles";
import { localRunContender } from "./support/contender";
import { endpointVariables } from "./support/function-settings";
import { measuredBy } from "./support/measured-by";
import type { MeasuredUploads, UploadKind } from "./support/measure-upload";
import { makePhoto } from "./support/photo";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";
import { uploadSettings } from "./support/upload-settings";

const projectDir = join(__dirname, "..");
/** Of which a photograph has about 1 MB. */
const photo = { width: 2000, height: 1500 };
const uploadsPerRound = 60;
const requestsPerRound = 40;
const maxRawByJson = 0.3;
const maxJsonByDecoding = 1.5;

/** What is measured of one checkout, a value a round. */
interface Samples {
  name: string;
  folder: string;
  /** Of POST /images. */
  bundle: string;
  /** Of a local run. */
  dataDir: string;
  uploads: Record<UploadKind, number[]>;
  operations: Record<string, number[]>;
}

/** Measures what requests take of the processor. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { rounds, against, progress, shutdown, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), "bench-hot-path-"));
  shutdown.add(() => rm(folder, { recursive: true }));
  const file = join(folder, "photo.jpg");
  await writeFile(file, await makePhoto(photo.width, photo.height));
  const own = await prepare("this checkout", projectDir, join(folder, "own.js"), options);
  const other =
    against && (await prepare(against.name, against.folder, join(folder, "other.js"), options));
  const all = other ? [own, other] : [own];
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const samples of inTurn(all, round)) {
      await measureUploads(samples, file, signal);
      await measureOperations(samples, signal);
    }
  }
  return [...ofUploads(own, other), ...ofOperations(own, other)];
}

async function prepare(
  name: string,
  folder: string,
  bundle: string,
  { progress, shutdown, signal }: SectionOptions,
): Promise<Samples> {
  progress(`starts ${name}`);
  await bundleUpload(folder, bundle, signal);
  const run = await localRunContender(name, folder);
  shutdown.add(() => run.stop());
  const uploads = { json: [], raw: [], multipart: [], decodeAndHash: [] };
  return { name, folder, bundle, dataDir: run.dataDir, uploads, operations: {} };
}

async function measureUploads(
  { folder, bundle, uploads }: Samples,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const args = [script("measure-upload.ts"), bundle, file, String(uploadsPerRound)];
  const times = await run<MeasuredUploads>(args, folder, uploadSettings, signal);
  for (const [kind, time] of Object.entries(times)) {
    uploads[kind as UploadKind].push(time);
  }
}

async function measureOperations(
  { folder, dataDir, operations }: Samples,
  signal: AbortSignal,
): Promise<void> {
  const args = [script("measure-handlers.ts"), folder, dataDir, String(requestsPerRound)];
  const variables = endpointVariables(dataDir);
  const times = await run<Record<string, number>>(args, folder, variables, signal);
  for (const [operation, time] of Object.entries(times)) {
    (operations[operation] ??= []).push(time);
  }
}

function script(name: string): string {
  return join(__dirname, "support", name);
}

/** Gives a script few of this process's variables, since the SDK reads many. */
async function run<Result>(
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Result> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...variables };
  return await measuredBy(["--import", "tsx", ...args], { cwd, env, signal });
}

const titles = {
  json: "POST /images, 1 MB as JSON",
  raw: "POST /images, 1 MB as the body",
  multipart: "POST /images, 1 MB in a form",
} as const;

function ofUploads(own: Samples, other: Samples | undefined): Measurement[] {
  const { json, raw, decodeAndHash } = own.uploads;
  const figure = { how: "CPU of a request, without the SDK's calls", unit: "µs", digits: 0 };
  const decoding = { name: 'Buffer.from(…, "base64") and SHA-256', values: decodeAndHash };
  const former = other && { name: `${other.name}, as JSON`, values: other.uploads.json };
  return [
    {
      ...figure,
      what: titles.json,
      ours: json,
      other: decoding,
      target: { atMost: maxJsonByDecoding },
    },
    {
      ...figure,
      what: titles.raw,
      ours: raw,
      other: former ?? { name: "as JSON", values: json },
      target: { atMost: maxRawByJson },
    },
    ...(Object.keys(titles) as (keyof typeof titles)[]).map((kind) => ({
      ...figure,
      what: titles[kind],
      ours: own.uploads[kind],
      ...(other && {
        other: { name: other.name, values: other.uploads[kind] },
        target: { atMost: 1 },
      }),
    })),
  ];
}

function ofOperations(own: Samples, other: Samples | undefined): Measurement[] {
  return Object.entries(own.operations).map(([operation, ours]) => ({
    what: operation,
    how: "CPU of a request, with the SDK's calls",
    unit: "µs",
    digits: 0,
    ours,
    ...(other && {
      other: { name: other.name, values: other.operations[operation] ?? [] },
      target: { atMost: 1 },
    }),
  }));
}
