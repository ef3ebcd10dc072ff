/**
 * How long the CloudFront Function image-request takes, in multiples of one that only returns its
 * request: CloudFront ends a function that takes too long, and says no more than that the time is
 * under a millisecond.
 *
 * Exits with 1 when the longest path takes more than it may.
 */
import { edgeFunctionCode } from "../components/edge-code";
import { readRenditionSettings } from "../handlers/renditions/read-settings";
import { runViewerFunction } from "../local/aws/cloudfront/functions/viewer-function";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";

/** Of what a function takes that does nothing, starting it included. */
const maxRatio = 40;
const rounds = 20;
const runsPerRound = 50;

const nothing = "function handler(event) { return event.request; }";
const id = "7d5a4a3c-1b62-4f5e-9a53-0c9b2d1e8f70";
const accept =
  "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png," +
  "image/svg+xml,image/*;q=0.8,*/*;q=0.5";

const most =
  "width-640_height-480_dpr-2.625_fit-cover_gravity-0.25x0.75_crop-10x20x3000x2000_rotate-270_flip-true" +
  "_background-202020_flatten-true_blur-2.55_sharpen-1.25_grayscale-true_enlarge-true_quality-55" +
  "_frames-50_watermark-southeastx0.35x0.15_format-auto";

const paths = {
  "a preset": "thumb",
  "two operations": "width-640_height-480",
  "every operation": most,
  "as much wrong as is read": Array.from({ length: 60 }, (_, index) => `gray${index}-x`)
    .join("_")
    .slice(0, 500),
};

async function main(): Promise<number> {
  const description = "Measures how long the function in front of images takes.";
  parseNoOptions("bench:edge", description, process.argv.slice(2));
  const code = edgeFunctionCode("image-request", {
    settings: defaultSettings(),
    allowedOrigins: ["*"],
  });
  const texts = { "returning the request": "thumb", ...paths };
  const least = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, text] of Object.entries(texts)) {
      const time = await microseconds(name in paths ? code : nothing, text);
      least.set(name, Math.min(time, least.get(name) ?? Infinity));
    }
  }
  console.log(`image-request: ${Buffer.byteLength(code)} bytes`);
  return report(least) ? 0 : 1;
}

function defaultSettings() {
  const reading = readRenditionSettings({
    presets: ["thumb?width=240&height=240", "small?width=640", "large?width=1600"],
    presetsOnly: false,
    publicPresets: [],
    watermark: id,
  });
  if (!("settings" in reading)) {
    throw new Error("The settings have problems.");
  }
  return reading.settings;
}

/** Of one run of `code`, on average. */
async function microseconds(code: string, text: string): Promise<number> {
  const context = {
    distributionDomainName: "d111111abcdef8.cloudfront.net",
    distributionId: "EDFDVBD6EXAMPLE",
    eventType: "viewer-request",
    requestId: "request",
  } as const;
  const headers = { accept: { value: accept } };
  const request = { method: "GET", uri: `/i/${id}/${text}`, headers, querystring: {}, cookies: {} };
  const event = { version: "1.0", context, viewer: { ip: "192.0.2.1" }, request } as const;
  const startedAt = performance.now();
  for (let run = 0; run < runsPerRound; run++) {
    await runViewerFunction(code, event, "viewer-request");
  }
  return ((performance.now() - startedAt) / runsPerRound) * 1000;
}

/** @returns whether no path takes longer than it may. */
function report(least: ReadonlyMap<string, number>): boolean {
  const [[, baseline = 0] = []] = least;
  for (const [name, time] of least) {
    console.log(`${name}: ${time.toFixed(0)} µs, ${(time / baseline).toFixed(2)} times`);
  }
  const ratio = Math.max(...least.values()) / baseline;
  if (ratio > maxRatio) {
    console.error(`error: no path may take more than ${maxRatio} times`);
  }
  return ratio <= maxRatio;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
