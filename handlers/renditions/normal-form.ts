import type { Values } from "./arguments";
import { type AcceptClass, defaultQuality, operationTable } from "./operations";
import type { RenditionSettings } from "./settings";

/**
 * The same operations without what is as good as not asked for, and with the one of several ways to
 * say the rest. Applied twice it is as applied once.
 *
 * @param values without a problem.
 */
export function normalise(values: Values, settings: RenditionSettings): Values {
  const normal: Values = Object.assign({ format: "auto" }, values, turned(values));
  const format = normal.format ?? "";
  if (values.width !== undefined) {
    normal.width = scaled(values.width, values.dpr);
  }
  if (values.height !== undefined) {
    normal.height = scaled(values.height, values.dpr);
  }
  delete normal.dpr;
  if (format === "jpeg") {
    delete normal.flatten;
  }
  if (normal.quality === String(defaultQuality[format])) {
    delete normal.quality;
  }
  if (normal.fit === "contain" && normal.gravity === "center") {
    delete normal.gravity;
  }
  if (normal.watermark !== undefined) {
    normal.watermark = completed(normal.watermark, settings);
  }
  operationTable.forEach((entry) => {
    const value = normal[entry.name];
    if (value === "false" || value === entry.default) {
      normal[entry.name] = undefined;
    }
  });
  return normal;
}

/** A side after the device pixel ratio, whose only meaning is a larger box, in whole pixels. */
export function scaled(side: string | undefined, ratio: string | undefined): string {
  return String(Math.round(Number(side) * Number(ratio ?? 1)));
}

/**
 * A picture can be turned in eight ways, for which rotate, flip and flop have sixteen. Flip and flop
 * together are half a turn; a flip after half a turn is a flop, and the other way round.
 */
function turned(values: Values): Values {
  let degrees = Number(values.rotate ?? 0);
  let flip = values.flip === "true";
  let flop = values.flop === "true";
  if (flip && flop) {
    degrees = (degrees + 180) % 360;
    flip = flop = false;
  } else if (degrees >= 180 && flip !== flop) {
    degrees -= 180;
    flip = !flip;
    flop = !flop;
  }
  return { rotate: String(degrees), flip: String(flip), flop: String(flop) };
}

/** A watermark's position, opacity and scale, and the fingerprint of its image. */
function completed(text: string, settings: RenditionSettings): string {
  const parts = text.split("x");
  const mark = settings.watermark;
  return mark === undefined
    ? text
    : [parts[0], parts[1] ?? mark.opacity, parts[2] ?? mark.scale, mark.fingerprint].join("x");
}

/** The text of a path that stands for values: in the order of the table. */
export function textOf(values: Values): string {
  const texts: string[] = [];
  operationTable.forEach((entry) => {
    const value = values[entry.name];
    if (value !== undefined) {
      texts.push(`${entry.name}-${value}`);
    }
  });
  return texts.join("_");
}

/** A normal form after the format `auto` was decided as far as the viewer decides it. */
export function withAccepted(text: string, accepts: AcceptClass): string {
  return text.replace("format-auto", `format-auto.${accepts}`);
}
