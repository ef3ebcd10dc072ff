import type { Values } from "../../../handlers/renditions/arguments";
import { textOf } from "../../../handlers/renditions/normal-form";
import type { Operations } from "../../../handlers/renditions/operations";

/** The normal form of operations that were read: reading it gives them again. */
export function formatOperations(operations: Operations): string {
  return textOf(valuesOf(operations));
}

function valuesOf(operations: Operations): Values {
  const { gravity, crop, watermark, format, accepts, ...simple } = operations;
  return {
    ...Object.fromEntries(Object.entries(simple).map(([name, value]) => [name, String(value)])),
    ...(gravity && {
      gravity: typeof gravity === "string" ? gravity : [gravity.x, gravity.y].join("x"),
    }),
    ...(crop && { crop: [crop.left, crop.top, crop.width, crop.height].join("x") }),
    ...(watermark && {
      watermark: [
        watermark.position,
        watermark.opacity,
        watermark.scale,
        watermark.fingerprint,
      ].join("x"),
    }),
    format: accepts ? `${format}.${accepts}` : format,
  };
}
