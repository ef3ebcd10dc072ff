import type { Value, Values } from "./arguments";
import { defaultQuality, operationTable } from "./operations";
import type { RenditionSettings } from "./settings";

/**
 * The same operations without what is equal to nothing, and with the one of several ways to say the
 * rest. Applied twice it is as applied once.
 *
 * @param values without a problem.
 */
export function normalise(values: Values, settings: RenditionSettings): Values {
  const normal: Values = Object.assign({}, values);
  foldRatio(normal);
  turn(normal);
  normal.format ??= ["auto"];
  const format = String(normal.format[0]);
  if (format === "jpeg") {
    delete normal.flatten;
  }
  if (normal.quality?.[0] === defaultQuality[format]) {
    delete normal.quality;
  }
  if (normal.fit?.[0] === "contain" && normal.gravity?.[0] === "center") {
    delete normal.gravity;
  }
  if (normal.watermark !== undefined && settings.watermark !== undefined) {
    normal.watermark = [
      normal.watermark[0] ?? settings.watermark.position,
      normal.watermark[1] ?? settings.watermark.opacity,
      normal.watermark[2] ?? settings.watermark.scale,
      settings.watermark.fingerprint,
    ];
  }
  leaveOutDefaults(normal);
  return normal;
}

/** The device pixel ratio's only meaning is a larger box. */
function foldRatio(values: Values): void {
  const ratio = Number(values.dpr?.[0] ?? 1);
  if (values.width !== undefined) {
    values.width = [scaled(values.width[0], ratio)];
  }
  if (values.height !== undefined) {
    values.height = [scaled(values.height[0], ratio)];
  }
  delete values.dpr;
}

/** A side after the device pixel ratio, in whole pixels. */
export function scaled(side: Value | undefined, ratio: number): number {
  return Math.round(Number(side) * ratio);
}

/**
 * A picture can be turned in eight ways, for which rotate, flip and flop have sixteen. Flip and flop
 * together are half a turn; a flip after half a turn is a flop, and the other way round.
 */
function turn(values: Values): void {
  let degrees = Number(values.rotate?.[0] ?? 0);
  let flip = values.flip?.[0] === "true";
  let flop = values.flop?.[0] === "true";
  if (flip && flop) {
    degrees += 180;
    flip = flop = false;
  } else if ((flip || flop) && degrees >= 180) {
    degrees -= 180;
    flip = !flip;
    flop = !flop;
  }
  values.rotate = [String(degrees % 360)];
  values.flip = [String(flip)];
  values.flop = [String(flop)];
}

function leaveOutDefaults(values: Values): void {
  operationTable.forEach((entry) => {
    if (entry.default !== undefined && values[entry.name]?.[0] === entry.default) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the runtime of CloudFront Functions has no Map
      delete values[entry.name];
    }
  });
}

/** The text of a path that stands for values: in the order of the table. */
export function textOf(values: Values): string {
  const texts: string[] = [];
  operationTable.forEach((entry) => {
    const given = values[entry.name];
    if (given !== undefined) {
      texts.push(`${entry.name}-${given.join("x")}`);
    }
  });
  return texts.join("_");
}
