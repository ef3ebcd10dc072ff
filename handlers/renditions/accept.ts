import type { AcceptClass } from "./operations";

/** Characters of the header that are looked at: browsers send less than 200. */
const maxLength = 2000;

const quality = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The best of AVIF and WebP that a viewer says it takes, by the header `Accept`. Wildcards promise
 * neither: browsers send them too that know neither. AVIF is given to those only that take WebP as
 * well, which all do, since a rendition may be too large to be made in AVIF.
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function acceptClass(accept: string | undefined): AcceptClass {
  if (accept === undefined || accept.length > maxLength) {
    return "none";
  }
  // Without quoted parameters, which may have commas in them.
  const ranges = accept
    .toLowerCase()
    .replace(/"(?:[^"\\]|\\.)*"/g, "")
    .split(",");
  const avif = weightOf("image/avif", ranges);
  const webp = weightOf("image/webp", ranges);
  if (webp === 0) {
    return "none";
  }
  return avif >= webp ? "avif" : "webp";
}

/** How much a type is wanted, 0–1: the least of what is said of it, and 0 where nothing is. */
function weightOf(type: string, ranges: readonly string[]): number {
  const weights = ranges
    .map((range) => range.split(";").map((part) => part.trim()))
    .filter((parts) => parts[0] === type)
    .map((parts) => {
      const weight = parts.slice(1).find((part) => part.startsWith("q="));
      return weight === undefined ? 1 : numberOf(weight.slice(2));
    });
  return weights.length === 0 ? 0 : weights.reduce((least, weight) => Math.min(least, weight));
}

/** A weight that is none counts as a refusal. */
function numberOf(weight: string): number {
  return quality.test(weight) ? Number(weight) : 0;
}
