// Run in a process of its own: makes a rendition of a file several times, by the program or by the
// image library alone, and writes what it took to stderr, as JSON.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { prepareDecoder } from "../../handlers/renditions/render/decoding";
import { render } from "../../handlers/renditions/render/render";
import { peakMb } from "./process-tree";
import { defaultQuality, type ImageFormat } from "../../handlers/renditions/operations";

/** What a process took. */
export interface Measured {
  /** Of the processor, for the fastest of several renditions: what else the machine does is not in it. */
  milliseconds: number;
  /** Most memory that the process held. */
  megabytes: number;
}

const rounds = 5;

async function main(): Promise<void> {
  const [what, file = "", width = "", format = ""] = process.argv.slice(2);
  const make = what === "library" ? byLibrary : byProgram;
  const original = readFileSync(file);
  prepareDecoder();
  let milliseconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    await make(original, Number(width), format as ImageFormat);
    const { user, system } = process.cpuUsage(start);
    milliseconds = Math.min(milliseconds, (user + system) / 1000);
  }
  process.stderr.write(JSON.stringify({ milliseconds, megabytes: peakMb() } satisfies Measured));
}

async function byProgram(original: Buffer, width: number, format: ImageFormat): Promise<void> {
  await render({ original, operations: { width, format }, secondsLeft: () => 60 });
}

async function byLibrary(original: Buffer, width: number, format: ImageFormat): Promise<void> {
  const options = { quality: defaultQuality[format] };
  await sharp(original).autoOrient().resize({ width }).toFormat(format, options).toBuffer();
}

void main();
