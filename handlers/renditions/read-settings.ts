// Read when the program runs, not by the CloudFront Function.
import type { Problem } from "../http/errors";
import { readArguments } from "./arguments";
import { operationTable, type Position } from "./operations";
import { type Pair, presetNames, readPairs } from "./read-operations";
import type { RenditionSettings } from "./settings";

/** What the stack's config says of renditions. */
export interface RenditionConfig {
  /** Each a name and its operations, such as `thumb?width=240&height=240`. */
  readonly presets: readonly string[];
  readonly presetsOnly: boolean;
  /** Names of presets. */
  readonly publicPresets: readonly string[];
  /**
   * The id of an image, and how it is laid over others, such as `<id>?position=southeast`; empty for
   * no watermark. `@default` of position southeast, of opacity 0.5, of scale 0.2
   */
  readonly watermark: string;
}

/** Without a character by which it could be taken for operations, or for a pattern of paths. */
const presetName = /^[a-z][A-Za-z0-9]{0,31}$/;

const imageId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The settings that a config says, or all that is wrong with it, by the config's keys. */
export function readRenditionSettings(
  config: RenditionConfig,
): { readonly settings: RenditionSettings } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const watermark = readWatermark(config.watermark, problems);
  const settings = { ...config, presets: {}, watermark };
  const presets = config.presets.map((text) => readPreset(text, settings, problems));
  const complete = {
    ...settings,
    presets: Object.fromEntries(presets.flatMap((preset) => (preset ? [preset] : []))),
  };
  checkNames(config, presetNames(complete), problems);
  return problems.length > 0 ? { problems } : { settings: complete };
}

function checkNames(config: RenditionConfig, names: readonly string[], problems: Problem[]): void {
  const listed = config.presets.map(nameOf);
  for (const name of new Set(listed.filter((it, index) => listed.indexOf(it) !== index))) {
    problems.push({ field: "presets", problem: `has ${name} twice` });
  }
  for (const name of config.publicPresets.filter((it) => !names.includes(it))) {
    problems.push({ field: "publicPresets", problem: `has ${name}, which is none of presets` });
  }
  if (config.presetsOnly && config.presets.length === 0) {
    problems.push({ field: "presetsOnly", problem: "would refuse everything without presets" });
  }
}

function nameOf(text: string): string {
  return text.split("?", 1)[0] ?? "";
}

/** A preset's name and the normal form of its operations. */
function readPreset(
  text: string,
  settings: RenditionSettings,
  problems: Problem[],
): Pair | undefined {
  const name = nameOf(text);
  const report = (problem: string) => {
    problems.push({ field: "presets", problem: `has ${name}, ${problem}` });
  };
  if (!presetName.test(name)) {
    report("whose name is not of 1 to 32 letters and digits, beginning with a small letter");
    return undefined;
  }
  const reading = readPairs(pairsOf(text), settings, "query", []);
  if ("text" in reading) {
    return [name, reading.text];
  }
  if ("pixels" in reading) {
    report(`which would make ${reading.pixels} pixels`);
  } else {
    for (const { field, problem } of reading.problems) {
      report(`whose ${field} ${problem}`);
    }
  }
  return undefined;
}

function pairsOf(text: string): Pair[] {
  return [...new URLSearchParams(text.slice(nameOf(text).length + 1))];
}

function readWatermark(text: string, problems: Problem[]): RenditionSettings["watermark"] {
  const entry = operationTable.find(({ name }) => name === "watermark");
  if (text === "" || !entry) {
    return undefined;
  }
  const id = nameOf(text);
  const given = new Map(pairsOf(text));
  const report = (problem: string) => {
    problems.push({ field: "watermark", problem });
  };
  if (!imageId.test(id)) {
    report("must begin with the id of an image, in small letters");
  }
  for (const name of given.keys()) {
    if (!["position", "opacity", "scale"].includes(name)) {
      report(`must have no ${name} (accepted: position, opacity, scale)`);
    }
  }
  const settings = [
    given.get("position") ?? "southeast",
    given.get("opacity") ?? "0.5",
    given.get("scale") ?? "0.2",
  ];
  const read = readArguments(entry, settings.join(","));
  if (typeof read !== "string") {
    report(read.mistake);
    return undefined;
  }
  const [position, opacity, scale] = read.split("x");
  return {
    imageId: id,
    position: position as Position,
    opacity: Number(opacity),
    scale: Number(scale),
    fingerprint: fingerprintOf(id),
  };
}

/**
 * Eight hexadecimal digits that change with the watermark's image: FNV-1a.
 * https://www.rfc-editor.org/rfc/rfc9923
 */
function fingerprintOf(text: string): string {
  const hash = Array.from(text).reduce(
    (sum, character) => Math.imul(sum ^ character.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  );
  return (hash >>> 0).toString(16).padStart(8, "0");
}
