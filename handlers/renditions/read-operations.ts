import type { Problem } from "../http/errors";
import { quoted, readArguments, type Values } from "./arguments";
import { nearestName } from "./nearest-name";
import { normalise, textOf } from "./normal-form";
import { maxRenditionPixels, type OperationEntry, operationTable } from "./operations";
import { contradictions } from "./rules";
import type { RenditionSettings } from "./settings";

/** Problems that are told at most: what comes after them is not looked at. */
const maxProblems = 20;

/** Unknown names for which one is sought that is near, which takes time. */
const maxSuggestions = 3;

/** Characters of an unknown name that a problem repeats. */
const maxShown = 40;

const operationNames = operationTable.map((entry): string => entry.name);

/** What a text of operations turned out to be. */
export type Reading =
  | { readonly /** The normal form. */ text: string }
  /** The request breaks the contract: 400. */
  | { readonly problems: readonly Problem[] }
  /** The rendition would have more than `maxRenditionPixels`: 413. */
  | { readonly pixels: number };

/** A name and a value as they were given. */
export type Pair = readonly [name: string, value: string];

/** The names of presets, in alphabetical order. */
export function presetNames(settings: RenditionSettings): string[] {
  return Object.keys(settings.presets).sort();
}

/** The normal form of what a path asks for, whose text is a preset's name or operations. */
export function readPath(text: string, settings: RenditionSettings): Reading {
  if (!text.includes("-")) {
    return readPreset(text, settings);
  }
  return settings.presetsOnly
    ? {
        problems: [
          {
            field: "operations",
            problem: `are not accepted, only ${presetNames(settings).join(", ")}`,
          },
        ],
      }
    : readText(text, settings);
}

/** The normal form of a preset's operations. */
export function readPreset(name: string, settings: RenditionSettings): Reading {
  const names = presetNames(settings);
  if (names.includes(name)) {
    return { text: settings.presets[name] ?? "" };
  }
  const near = nearestName(name, names);
  const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
  const problem = `must be one of ${names.join(", ")}, not ${quoted(name)}${hint}`;
  return { problems: [{ field: "preset", problem }] };
}

/** The normal form of operations that are joined as in a path. */
export function readText(text: string, settings: RenditionSettings): Reading {
  const pairs = text.split("_").map((part): Pair => {
    const end = part.indexOf("-");
    return end < 0 ? [part, ""] : [part.slice(0, end), part.slice(end + 1)];
  });
  return readPairs(pairs, settings, "path", []);
}

/** Where a text of operations is from: a query of the API, or a path of the distribution. */
export type Source = "query" | "path";

/**
 * The normal form of operations that are given one by one, in any order.
 *
 * @param further names that are accepted beside the operations' own; they are passed over.
 */
export function readPairs(
  pairs: readonly Pair[],
  settings: RenditionSettings,
  source: Source,
  further: readonly string[],
): Reading {
  const values: Values = {};
  const problems: Problem[] = [];
  const seen: string[] = [];
  pairs.forEach((pair) => {
    const field = pair[0];
    const isRepeated = seen.includes(field);
    seen.push(field);
    if (problems.length < maxProblems && !further.includes(field)) {
      const entry = operationTable[operationNames.indexOf(field)];
      const problem = isRepeated
        ? "must be given only once"
        : entry === undefined
          ? unknownName(field, further, problems.length < maxSuggestions)
          : readInto(values, entry, pair[1], source);
      if (problem !== undefined) {
        problems.push({ field: shown(field), problem });
      }
    }
  });
  return judged(values, problems, settings);
}

/** Adds what is given of an operation. @returns what is wrong with it, if anything is. */
function readInto(
  values: Values,
  entry: OperationEntry,
  text: string,
  source: Source,
): string | undefined {
  const asked =
    source === "path" && entry.inPaths !== undefined ? text.replace(entry.inPaths, "$1") : text;
  const read = readArguments(entry, asked);
  if (typeof read !== "string") {
    return read.mistake;
  }
  values[entry.name] = read;
  return undefined;
}

function judged(
  values: Values,
  problems: readonly Problem[],
  settings: RenditionSettings,
): Reading {
  const all = problems.concat(contradictions(values, settings));
  if (all.length > 0) {
    return { problems: all };
  }
  const normal = normalise(values, settings);
  const pixels = Number(normal.width ?? 0) * Number(normal.height ?? 0);
  return pixels > maxRenditionPixels ? { pixels } : { text: textOf(normal) };
}

function unknownName(name: string, further: readonly string[], isSought: boolean): string {
  if (!isSought) {
    return "is not accepted";
  }
  const names = operationNames.concat(further);
  const near = nearestName(name, names);
  return near === undefined
    ? `is not accepted (accepted: ${names.join(", ")})`
    : `is not accepted (did you mean ${near}?)`;
}

/** A name that a client made up, as far as it is worth repeating. */
function shown(name: string): string {
  return name.replace(/[^ -~]/g, "?").slice(0, maxShown) || "operations";
}
