import type { Problem } from "../errors";
import { quoted, readArguments, type Source, type Values } from "./arguments";
import { nearestName } from "./nearest-name";
import { normalise, textOf } from "./normal-form";
import { maxRenditionPixels, operationTable } from "./operations";
import { contradictions } from "./rules";
import type { RenditionSettings } from "./settings";

/** Characters of a path's operations, at most: the longest normal form has fewer than 300. */
export const maxTextLength = 500;

/** Problems that are told at most; looking for a name that is near takes its time. */
const maxProblems = 20;
const maxSuggestions = 3;

/** What a text of operations turned out to be. */
export type Reading =
  | { readonly values: Values; /** The normal form. */ readonly text: string }
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
  if (settings.presetsOnly) {
    return { problems: [{ field: "operations", problem: onlyPresets(settings) }] };
  }
  return readText(text, settings);
}

/** The operations of a preset. */
export function readPreset(name: string, settings: RenditionSettings): Reading {
  if (!presetNames(settings).includes(name)) {
    const near = nearestName(name, presetNames(settings));
    const accepted = `must be one of ${presetNames(settings).join(", ")}, not ${quoted(name)}`;
    const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
    return { problems: [{ field: "preset", problem: accepted + hint }] };
  }
  return readText(settings.presets[name] ?? "", settings);
}

/** The problem with operations where presets are all that is accepted. */
export function onlyPresets(settings: RenditionSettings): string {
  return `are not accepted, only the presets ${presetNames(settings).join(", ")}`;
}

/** The normal form of operations that are joined as in a path. */
export function readText(text: string, settings: RenditionSettings): Reading {
  const problem = textProblem(text);
  if (problem !== undefined) {
    return { problems: [{ field: "operations", problem }] };
  }
  const pairs = text.split("_").map((part): Pair => {
    const end = part.indexOf("-");
    return end < 0 ? [part, ""] : [part.slice(0, end), part.slice(end + 1)];
  });
  return readPairs(pairs, settings, "path", []);
}

function textProblem(text: string): string | undefined {
  if (text.length > maxTextLength) {
    return `must have at most ${maxTextLength} characters, but have ${text.length}`;
  }
  return /^[A-Za-z0-9._-]+$/.test(text)
    ? undefined
    : "must be of letters, digits and the characters . - _ alone";
}

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
    const entry = operationTable.find((candidate) => candidate.name === field);
    if (seen.includes(field)) {
      problems.push({ field, problem: "must be given only once" });
    } else if (entry === undefined) {
      if (!further.includes(field)) {
        problems.push({ field: shown(field), problem: unknownName(field, further, problems) });
      }
    } else {
      const read = readArguments(entry, pair[1], source);
      if ("mistake" in read) {
        problems.push({ field, problem: read.mistake });
      } else {
        values[entry.name] = read.values;
      }
    }
    seen.push(field);
  });
  return judged(values, problems, settings);
}

function judged(
  values: Values,
  problems: readonly Problem[],
  settings: RenditionSettings,
): Reading {
  const all = problems.concat(contradictions(values, settings));
  if (all.length > 0) {
    return { problems: all.slice(0, maxProblems) };
  }
  const normal = normalise(values, settings);
  const pixels = Number(normal.width?.[0] ?? 0) * Number(normal.height?.[0] ?? 0);
  return pixels > maxRenditionPixels ? { pixels } : { values: normal, text: textOf(normal) };
}

function unknownName(
  name: string,
  further: readonly string[],
  problems: readonly Problem[],
): string {
  const names = operationTable.map((entry): string => entry.name).concat(further);
  const near = problems.length < maxSuggestions ? nearestName(name, names) : undefined;
  return near === undefined
    ? `is not accepted (accepted: ${names.join(", ")})`
    : `is not accepted; did you mean ${near}?`;
}

/** A name that a client made up, as far as it is worth repeating. */
function shown(name: string): string {
  return name.replace(/[^ -~]/g, "?").slice(0, 40);
}
