// What handlers read and write operations with. The CloudFront Function goes without: it needs the
// text alone, and its runtime knows less than this file.
import { ApiError, InvalidRequestError, type Problem } from "../errors";
import type { Value, Values } from "./arguments";
import { textOf } from "./normal-form";
import {
  acceptClasses,
  type Crop,
  type Fit,
  type ImageFormat,
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
} from "./read-operations";
import type { RenditionSettings } from "./settings";

/** What was asked for, or why it cannot be had. */
export type OperationsReading =
  | {
      readonly operations: Operations;
      /** What a URL's path has for them: the name of a preset, or the normal form. */
      readonly text: string;
    }
  | Exclude<Reading, { readonly values: Values }>;

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

function withText(reading: Reading, text?: string): OperationsReading {
  return "values" in reading
    ? { operations: operationsOf(reading.values), text: text ?? reading.text }
    : reading;
}

/**
 * The operations of a path as the CloudFront Function writes it: `undefined` where it would have
 * written another, so that a rendition has one name alone.
 */
export function readNormalForm(text: string, settings: RenditionSettings): Operations | undefined {
  const reading = readPath(text, { ...settings, presetsOnly: false });
  if (!("values" in reading) || reading.text !== text) {
    return undefined;
  }
  const operations = operationsOf(reading.values);
  const isChosen = operations.format !== "auto" || operations.accepts !== undefined;
  return isChosen && isPermitted(operations, settings) ? operations : undefined;
}

function isPermitted(operations: Operations, settings: RenditionSettings): boolean {
  if (!settings.presetsOnly) {
    return true;
  }
  const signed = formatOperations({ ...operations, accepts: undefined });
  return Object.values(settings.presets).includes(signed);
}

/** The normal form of operations that were read: reading it gives them again. */
export function formatOperations(operations: Operations): string {
  return textOf(valuesOf(operations));
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

function operationsOf(values: Values): Operations {
  const [format, accepts] = String(values.format?.[0]).split(".");
  const [degrees] = values.rotate ?? [];
  return withoutUndefined({
    width: numberOf(values.width),
    height: numberOf(values.height),
    fit: values.fit?.[0] as Fit | undefined,
    gravity: gravityOf(values.gravity),
    crop: cropOf(values.crop),
    rotate: degrees === undefined ? undefined : (Number(degrees) as Operations["rotate"]),
    flip: isGiven(values.flip),
    flop: isGiven(values.flop),
    background: values.background?.[0] as string | undefined,
    flatten: isGiven(values.flatten),
    blur: numberOf(values.blur),
    sharpen: numberOf(values.sharpen),
    grayscale: isGiven(values.grayscale),
    enlarge: isGiven(values.enlarge),
    quality: numberOf(values.quality),
    format: format as "auto" | ImageFormat,
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

function numberOf(values: readonly Value[] | undefined): number | undefined {
  return values && Number(values[0]);
}

function isGiven(values: readonly Value[] | undefined): true | undefined {
  return values && true;
}

function gravityOf(values: readonly Value[] | undefined): Operations["gravity"] {
  return values?.length === 2
    ? { x: Number(values[0]), y: Number(values[1]) }
    : (values?.[0] as "auto" | Position | undefined);
}

function cropOf(values: readonly Value[] | undefined): Crop | undefined {
  if (!values) {
    return undefined;
  }
  const [left = 0, top = 0, width = 0, height = 0] = values.map(Number);
  return { left, top, width, height };
}

function watermarkOf(values: readonly Value[] | undefined): Operations["watermark"] {
  return (
    values && {
      position: values[0] as Position,
      opacity: Number(values[1]),
      scale: Number(values[2]),
      fingerprint: String(values[3]),
    }
  );
}

function valuesOf(operations: Operations): Values {
  const { gravity, crop, watermark, format, accepts, ...simple } = operations;
  const values: Values = {
    ...Object.fromEntries(Object.entries(simple).map(([name, value]) => [name, [String(value)]])),
    format: [accepts ? `${format}.${accepts}` : format],
  };
  return {
    ...values,
    ...(gravity && { gravity: typeof gravity === "string" ? [gravity] : [gravity.x, gravity.y] }),
    ...(crop && { crop: [crop.left, crop.top, crop.width, crop.height] }),
    ...(watermark && {
      watermark: [watermark.position, watermark.opacity, watermark.scale, watermark.fingerprint],
    }),
  };
}
