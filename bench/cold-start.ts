import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiEvent, type RequestParts } from "../tests/handlers/support";
import { ApiLoad } from "./support/api-load";
import { localRunContender } from "./support/contender";
import { endpointVariables, variablesOf } from "./support/function-settings";
import { measuredBy } from "./support/measured-by";
import { smallImage } from "./support/photo";
import { bundleWithoutSdk } from "./support/sdk-external";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";

const projectDir = join(__dirname, "..");
const script = join(__dirname, "support", "measure-cold-start.cjs");
const maxByOther = 0.5;

/** A way in which the functions are bundled, and what they work with. */
interface Kind {
  name: string;
  /** Of the bundles. */
  folder: string;
  /** Of the local run. */
  dataDir: string;
  requests: Readonly<Record<string, RequestParts>>;
  samples: Record<string, Sample[]>;
}

interface Sample {
  totalMs: number;
  cpuMs: number;
}

/** Measures how long it takes until a function has answered for the first time. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { rounds, against, progress, shutdown, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), "bench-cold-start-"));
  shutdown.add(() => rm(folder, { recursive: true }));
  const own = await prepare("this checkout", projectDir, options);
  const functions = Object.keys(own.requests);
  const bareFolder = join(folder, "bare");
  const bare: Kind = { ...own, name: "SDK in the runtime", folder: bareFolder, samples: {} };
  await bundleWithoutSdk(functions, projectDir, bareFolder);
  const other = against && (await prepare(against.name, against.folder, options));
  const kinds = other ? [own, bare, other] : [own, bare];
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const name of functions) {
      for (const kind of inTurn(kinds, round)) {
        (kind.samples[name] ??= []).push(await coldStart(kind, name, folder, signal));
      }
    }
  }
  return functions.flatMap((name) => [
    ...compared(name, own, bare),
    ...(other ? compared(name, own, other) : []),
  ]);
}

async function prepare(
  name: string,
  checkout: string,
  { progress, shutdown }: SectionOptions,
): Promise<Kind> {
  progress(`starts ${name}`);
  const run = await localRunContender(name, checkout);
  shutdown.add(() => run.stop());
  const api = new ApiLoad(run.target);
  const requests = await requestsTo(api);
  api.close();
  return { name, folder: join(checkout, "bundle"), dataDir: run.dataDir, requests, samples: {} };
}

/** A request to each function, which is answered with success however often it is sent. */
async function requestsTo(api: ApiLoad): Promise<Record<string, RequestParts>> {
  const image = await smallImage();
  const stated = { userId: "bench", contentType: "image/jpeg" };
  const json = { headers: { "content-type": "application/json" } };
  const form = { ...json, body: JSON.stringify({ ...stated, size: 1000 }) };
  const { imageId: id } = await created(api, "/images", {
    ...json,
    body: JSON.stringify({ ...stated, imageData: image.toString("base64") }),
  });
  const { uploadId } = await created(api, "/uploads", form);
  const [images, one] = [{ resource: "/images" }, { resource: "/images/{id}", id: String(id) }];
  const query = { userId: "bench" };
  return {
    "upload-image": {
      ...images,
      method: "POST",
      query,
      headers: { "content-type": "image/jpeg" },
      body: image,
    },
    "create-upload": { resource: "/uploads", method: "POST", ...form },
    "get-upload": { resource: "/uploads/{id}", method: "GET", id: String(uploadId) },
    "list-images": { ...images, method: "GET", query },
    "get-image": { ...one, method: "GET" },
    "get-image-url": {
      ...one,
      resource: "/images/{id}/url",
      method: "GET",
      query: { width: "64" },
    },
    "get-image-content": { ...one, resource: "/images/{id}/content", method: "GET" },
    "update-image": { ...one, method: "PATCH", ...json, body: '{"imageName":"bench"}' },
    "delete-image": { ...one, method: "DELETE", id: randomUUID() },
    "process-data": { resource: "/process", method: "POST", ...json, body: '{"id":"bench"}' },
  };
}

async function created(
  api: ApiLoad,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<Record<string, unknown>> {
  const answer = await api.call({ method: "POST", path, headers, body: Buffer.from(body) });
  return JSON.parse(answer) as Record<string, unknown>;
}

/** @param home is empty: the SDK finds no files of settings there. */
async function coldStart(
  { folder, dataDir, requests }: Kind,
  name: string,
  home: string,
  signal: AbortSignal,
): Promise<Sample> {
  const eventFile = join(home, "event.json");
  const request = requests[name];
  if (request === undefined) {
    throw new Error(`There is no request to ${name}.`);
  }
  await writeFile(eventFile, JSON.stringify(apiEvent(request)));
  const env = { HOME: home, ...endpointVariables(dataDir), ...variablesOf(name, dataDir) };
  const args = [script, join(folder, `${name}.js`), eventFile];
  return await measuredBy(args, { env, signal });
}

function compared(name: string, own: Kind, other: Kind): Measurement[] {
  return (["totalMs", "cpuMs"] as const).map((figure) => ({
    what: name,
    how: figure === "totalMs" ? "load and first answer" : "processor time of that",
    unit: "ms",
    ours: valuesOf(own, name, figure),
    other: { name: other.name, values: valuesOf(other, name, figure) },
    target: { atMost: maxByOther },
  }));
}

function valuesOf({ samples }: Kind, name: string, figure: keyof Sample): number[] {
  return (samples[name] ?? []).map((sample) => sample[figure]);
}
