// What handlers read and write operations with. The CloudFront Function goes without: it needs the
// text alone, and its runtime knows less than this file.
import { ApiError, InvalidRequestError, type Problem } from "../http/errors";
import type { Values } from "./arguments";
import { withAccepted } from "./normal-form";
import {
  acceptClasses,
  type Fit,
  maxRenditionPixels,
  type OperationName,
  type Operations,
  operationTable,
  type Position,
} from "./operations";
import {
  type Pair,
  type Reading,
  presetNames,
  readPairs,
  readPath,
  readPreset,
  readText,
} from "./read-operations";
import type { RenditionSettings } from "./settings";

/** What was asked for, or why it cannot be had. */
export type OperationsReading =
  | {
      readonly operations: Operations;
      /** What a URL's path has for them: the name of a preset, or the normal form. */
      readonly text: string;
    }
  | Exclude<Reading, { readonly text: string }>;

/**
 * Reads the operations of a query of the API: each a parameter, in any order, or `preset`.
 *
 * @param further names of parameters that the caller reads; they are passed over.
 */
export function readQueryOperations(
  pairs: readonly Pair[],
  settings: RenditionSettings,
  further: readonly string[] = [],
): OperationsReading {
  const presets = pairs.filter(([name]) => name === "preset");
  const others = pairs.filter(([name]) => name !== "preset");
  const [preset] = presets;
  const problems = presetProblems(presets, others, settings);
  if (problems.length === 0 && preset) {
    const name = preset[1];
    return withText(readPreset(name, settings), name);
  }
  const reading = readPairs(others, settings, "query", ["preset", ...further]);
  if (problems.length === 0) {
    return withText(reading);
  }
  return { problems: [...problems, ...("problems" in reading ? reading.problems : [])] };
}

function presetProblems(
  presets: readonly Pair[],
  others: readonly Pair[],
  settings: RenditionSettings,
): Problem[] {
  const operations = others.map(([name]) => name).filter(isOperation);
  const problems: Problem[] = [];
  if (presets.length > 1) {
    problems.push({ field: "preset", problem: "must be given only once" });
  }
  if (presets.length > 0 && operations.length > 0) {
    const together = operations.join(", ");
    problems.push({ field: "preset", problem: `must not be given together with ${together}` });
  }
  if (presets.length === 0 && settings.presetsOnly) {
    const names = presetNames(settings).join(", ");
    problems.push({ field: "preset", problem: `is required, and is one of ${names}` });
  }
  return problems;
}

function isOperation(name: string): name is OperationName {
  return operationTable.some((entry) => entry.name === name);
}

/** Reads what a path asks for: the name of a preset, or operations in any order. */
export function readOperationsText(text: string, settings: RenditionSettings): OperationsReading {
  return withText(readPath(text, settings));
}

function withText(reading: Reading, name?: string): OperationsReading {
  return "text" in reading
    ? { operations: operationsOf(reading.text), text: name ?? reading.text }
    : reading;
}

/**
 * The operations of a path as the CloudFront Function writes it: `undefined` where it would have
 * written another, so that a rendition has one name alone, or where presets are all that is accepted
 * and it is of none.
 */
export function readNormalForm(text: string, settings: RenditionSettings): Operations | undefined {
  const reading = readText(text, settings);
  if (!("text" in reading)) {
    return undefined;
  }
  const isPermitted =
    !settings.presetsOnly || Object.values(settings.presets).includes(reading.text);
  const isNormal = allForms(reading.text).includes(text);
  return isPermitted && isNormal ? operationsOf(text) : undefined;
}

/** What the CloudFront Function may make of a normal form, by what the viewer accepts. */
function allForms(text: string): string[] {
  return acceptClasses.map((accepts) => withAccepted(text, accepts));
}

/**
 * The error by which a reading is refused: 400 `InvalidRequest` with all problems, or 413
 * `RenditionTooLarge`.
 */
export function refusal(reading: Exclude<OperationsReading, { operations: Operations }>): ApiError {
  return "problems" in reading
    ? new InvalidRequestError(reading.problems)
    : renditionTooLarge(reading.pixels);
}

/** The answer to who asks for a rendition of more pixels than one may have: 413. */
export function renditionTooLarge(pixels: number): ApiError {
  return new ApiError(
    413,
    "RenditionTooLarge",
    `The rendition would have ${pixels} pixels, of ${maxRenditionPixels} at most.`,
    { limit: "pixels", maxPixels: maxRenditionPixels },
  );
}

/** The operations of a normal form. */
function operationsOf(text: string): Operations {
  const parts = text.split("_").map((part) => part.split("-") as [string, string]);
  const values: Values = Object.fromEntries(parts);
  const [format, accepts] = (values.format ?? "auto").split(".");
  return withoutUndefined({
    width: numberOf(values.width),
    height: numberOf(values.height),
    fit: values.fit as Fit | undefined,
    gravity: gravityOf(values.gravity),
    crop: cropOf(values.crop),
    rotate: numberOf(values.rotate) as Operations["rotate"],
    flip: isGiven(values.flip),
    flop: isGiven(values.flop),
    background: values.background,
    flatten: isGiven(values.flatten),
    blur: numberOf(values.blur),
    sharpen: numberOf(values.sharpen),
    grayscale: isGiven(values.grayscale),
    enlarge: isGiven(values.enlarge),
    quality: numberOf(values.quality),
    format: format as Operations["format"],
    accepts: acceptClasses.find((accepted) => accepted === accepts),
    frames: numberOf(values.frames),
    watermark: watermarkOf(values.watermark),
  });
}

/** Optional members that are there or not: what compares operations need not know both. */
function withoutUndefined(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).filter(([, value]) => value !== undefined),
  ) as unknown as Operations;
}

function numberOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function isGiven(value: string | undefined): true | undefined {
  return value === undefined ? undefined : true;
}

function gravityOf(value: string | undefined): Operations["gravity"] {
  const [x, y] = value?.split("x") ?? [];
  return y === undefined
    ? (value as "auto" | Position | undefined)
    : { x: Number(x), y: Number(y) };
}

function cropOf(value: string | undefined): Operations["crop"] {
  const [left = 0, top = 0, width = 0, height = 0] = value?.split("x").map(Number) ?? [];
  return value === undefined ? undefined : { left, top, width, height };
}

function watermarkOf(value: string | undefined): Operations["watermark"] {
  const [position, opacity, scale, fingerprint = ""] = value?.split("x") ?? [];
  return value === undefined
    ? undefined
    : {
        position: position as Position,
        opacity: Number(opacity),
        scale: Number(scale),
        fingerprint,
      };
}
