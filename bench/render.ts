/**
 * What making a rendition costs: time and memory as ratios to the image library alone, which makes the
 * same pixels, and milliseconds and dollars for several sizes.
 *
 * Exits with 1 when a rendition of 640 pixels takes more than 1.25 × the time of the library alone, or
 * 1.3 × its memory.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import type { Measured } from "./support/measure-render";
import { makePhoto } from "./support/photo";

const maxTimeRatio = 1.25;
const maxMemoryRatio = 1.3;
const turns = 5;

/** What is made for the table: width and format. */
const renditions = [240, 640, 1920].flatMap((width) =>
  ["webp", "avif", "jpeg"].map((format) => [width, format] as const),
);

/** Memory at which Lambda gives one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const megabytesPerCpu = 1769;
/** Dollars, arm64, us-east-1: https://aws.amazon.com/lambda/pricing/ */
const pricePerGbSecond = 0.0000133334;
const pricePerMillionRequests = 0.2;

async function main(): Promise<number> {
  parseNoOptions("bench:render", "Measures what making a rendition costs.", process.argv.slice(2));
  const folder = mkdtempSync(path.join(tmpdir(), "bench-render-"));
  try {
    const file = path.join(folder, "photo.jpg");
    // 12 megapixels, as telephones take.
    writeFileSync(file, await makePhoto(4000, 3000));
    const passed = compare(file);
    printTable(file);
    return passed ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes turns, so that whatever else the machine does slows down both. */
function compare(file: string): boolean {
  const plain: Measured[] = [];
  const ours: Measured[] = [];
  for (let turn = 0; turn < turns; turn++) {
    plain.push(measure("library", file, 640, "webp"));
    ours.push(measure("render", file, 640, "webp"));
  }
  const time = least(ours, "milliseconds") / least(plain, "milliseconds");
  const memory = least(ours, "megabytes") / least(plain, "megabytes");
  console.log("12-megapixel JPEG to WebP of 640 pixels, as a ratio to the library alone:");
  console.log(`  time:   ${time.toFixed(2)} (at most ${maxTimeRatio})`);
  console.log(`  memory: ${memory.toFixed(2)} (at most ${maxMemoryRatio})`);
  return time <= maxTimeRatio && memory <= maxMemoryRatio;
}

function printTable(file: string): void {
  console.log(
    "\nwidth  format  ms of one core     peak MB  $ per million, at one vCPU like this core",
  );
  for (const [width, format] of renditions) {
    const { milliseconds, megabytes } = measure("render", file, width, format);
    const gigabyteSeconds = (megabytesPerCpu / 1024) * (milliseconds / 1000);
    const price = gigabyteSeconds * pricePerGbSecond * 1_000_000 + pricePerMillionRequests;
    const cells = [
      String(width).padEnd(6),
      format.padEnd(7),
      milliseconds.toFixed(0).padEnd(18),
      megabytes.toFixed(0).padEnd(8),
      price.toFixed(2),
    ];
    console.log(cells.join(" "));
  }
}

/** Measures in a process of its own, whose peak of memory nothing else has raised. */
function measure(
  what: "library" | "render",
  file: string,
  width: number,
  format: string,
): Measured {
  const script = path.join(__dirname, "support/measure-render.ts");
  const args = ["--import", "tsx", script, what, file, String(width), format];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Measured;
}

function least(all: readonly Measured[], of: keyof Measured): number {
  return Math.min(...all.map((measured) => measured[of]));
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
