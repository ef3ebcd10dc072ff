import { edgeFunctionCode } from "../components/edge/edge-code";
import { readRenditionSettings } from "../handlers/renditions/read-settings";
import { limits } from "../local/aws/cloudfront/functions/limits";
import { runViewerFunction } from "../local/aws/cloudfront/functions/viewer-function";
import type { Measurement, SectionOptions } from "./support/section";

/**
 * CloudFront bounds the time of a run and names no number but that it is under a millisecond:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-choosing.html
 */
const limitMicroseconds = 1000;
/** Of the limits, at most. */
const [maxTimeShare, maxCodeShare] = [0.5, 1];
const runsPerRound = 50;

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

/** Measures the CloudFront Function in front of images. */
export async function measure({ rounds, progress }: SectionOptions): Promise<Measurement[]> {
  const code = edgeFunctionCode("image-request", {
    settings: defaultSettings(),
    allowedOrigins: ["*"],
  });
  const times = Object.entries(paths).map(([name, text]) => ({ name, text, ours: [] as number[] }));
  // The first round is for the compiler.
  for (let round = 0; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    for (const { text, ours } of times) {
      const time = await microseconds(code, text);
      if (round > 0) {
        ours.push(time);
      }
    }
  }
  const ofPaths = times.map(({ name, ours }) => ({
    what: name,
    how: "CPU of a request",
    unit: "µs",
    digits: 0,
    ours,
    other: { name: "the limit", values: ours.map(() => limitMicroseconds) },
    target: { atMost: maxTimeShare },
  }));
  const size = {
    what: "image-request",
    how: "code",
    unit: "bytes",
    digits: 0,
    ours: [Buffer.byteLength(code)],
    other: { name: "the limit", values: [limits.codeBytes] },
    target: { atMost: maxCodeShare },
  };
  return [...ofPaths, size];
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
  const before = process.cpuUsage();
  for (let run = 0; run < runsPerRound; run++) {
    await runViewerFunction(code, event, "viewer-request");
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / runsPerRound;
}
