import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAwsStub } from "./support/aws-stub";
import { bundlesOf } from "./support/bundles";
import { measuredBy } from "./support/measured-by";
import { located, makePhoto, smallImage } from "./support/photo";
import { inTurn, type Measurement, type SectionOptions } from "./support/section";
import { type SentUpload, uploadEvent, uploadKinds } from "./support/upload-events";
import { uploadSettings } from "./support/upload-settings";

const projectDir = join(__dirname, "..");
/** Of which a photograph has about 4.3 MB: what POST /images takes at most is 4.5. */
const photo = { width: 4700, height: 3525 };
const uploads = 20;
const maxRatio = 3;

interface Memory {
  /** MB of a body. */
  body: number;
  /** MB above idle at the peak of the first large upload. */
  first: number;
  /** MB at the peak of all. */
  all: number;
}

interface Samples {
  name: string;
  bundle: string;
  memory: Record<SentUpload, Memory[]>;
}

/** Measures the memory that uploads take. */
export async function measure(options: SectionOptions): Promise<Measurement[]> {
  const { rounds, against, progress, shutdown, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), "bench-memory-"));
  shutdown.add(() => rm(folder, { recursive: true }));
  const images = {
    small: await located(await smallImage()),
    large: await located(await makePhoto(photo.width, photo.height)),
  };
  for (const kind of uploadKinds) {
    for (const [name, image] of Object.entries(images)) {
      await writeFile(join(folder, `${name}-${kind}`), uploadEvent(kind, image));
    }
  }
  const stub = await startAwsStub();
  shutdown.add(() => stub.stop());
  const own = await samplesOf("this checkout", projectDir, signal);
  const other = against && (await samplesOf(against.name, against.folder, signal));
  const all = other ? [own, other] : [own];
  const env = { ...uploadSettings, STRIP_LOCATION: "true", AWS_ENDPOINT_URL: stub.url };
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const { bundle, memory } of inTurn(all, round)) {
      for (const kind of uploadKinds) {
        memory[kind].push(
          await measuredBy<Memory>(scriptFor(bundle, kind, folder), { env, signal }),
        );
      }
    }
  }
  return uploadKinds.flatMap((kind) => rowsOf(kind, own, other));
}

async function samplesOf(name: string, checkout: string, signal: AbortSignal): Promise<Samples> {
  const bundle = join(await bundlesOf(checkout, signal), "upload-image.js");
  return { name, bundle, memory: { json: [], raw: [], multipart: [] } };
}

function scriptFor(bundle: string, kind: SentUpload, folder: string): string[] {
  const events = [`small-${kind}`, `large-${kind}`].map((name) => join(folder, name));
  return [join(__dirname, "support/measure-memory.cjs"), bundle, ...events, String(uploads)];
}

const titles = { json: "as JSON", raw: "as the body", multipart: "in a form" };

function rowsOf(kind: SentUpload, own: Samples, other: Samples | undefined): Measurement[] {
  const values = ({ memory }: Samples, of: keyof Memory) => memory[kind].map(({ [of]: it }) => it);
  const figure = { what: `POST /images, 4.3 MB ${titles[kind]}`, unit: "MB" };
  return [
    {
      ...figure,
      how: "peak RSS above idle, first upload",
      ours: values(own, "first"),
      other: { name: "the body", values: values(own, "body") },
      target: { atMost: maxRatio },
    },
    {
      ...figure,
      how: `peak RSS, ${uploads} uploads`,
      digits: 0,
      ours: values(own, "all"),
      ...(other && { other: { name: other.name, values: values(other, "all") } }),
    },
  ];
}
