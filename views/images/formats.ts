// The same rendition in every format: what each takes in bytes and in time.
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { type GivenOperations, problemsOf } from "./rendition-form";

/** Formats that are compared, beside the original. */
export const comparedFormats = ["jpeg", "webp", "avif", "png"] as const;

/** What formats are called. */
export const formatNames = { jpeg: "JPEG", webp: "WebP", avif: "AVIF", png: "PNG" } as const;

export type ComparedFormat = (typeof comparedFormats)[number];

/** What one format came to. */
export interface Measured {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds until the last byte, when it was asked for first: then it may have to be made. */
  readonly firstMs: number;
  /** The same at once again, when it is there. */
  readonly againMs: number;
  /** What came, which is not always what was asked for: large AVIF comes as WebP. */
  readonly contentType: string;
}

/** A line of the comparison. */
export interface Compared extends Measured {
  /** Its part of the largest one, 0–1. */
  readonly part: number;
  /** Bytes for a hundred of the original's, where there is one. */
  readonly percent?: number;
}

/** The name of the line that all others are compared with. */
export const originalName = "Original";

/** The lines of a comparison, in the order in which they were measured. */
export function compare(measured: readonly Measured[]): Compared[] {
  const largest = Math.max(1, ...measured.map(({ bytes }) => bytes));
  const original = measured.find(({ name }) => name === originalName);
  return measured.map((each) => ({
    ...each,
    part: each.bytes / largest,
    ...(original && { percent: (100 * each.bytes) / original.bytes }),
  }));
}

/** The given operations in a format, without what means nothing to that format, such as a quality of PNG. */
export function inFormat(
  given: GivenOperations,
  format: ComparedFormat,
  settings: RenditionSettings,
): GivenOperations {
  const asked = { ...given, format };
  const already = problemsOf(given, settings).map(({ field }) => field);
  const meaningless = problemsOf(asked, settings)
    .map(({ field }) => field)
    .filter((field) => !already.includes(field));
  return Object.fromEntries(Object.entries(asked).filter(([name]) => !meaningless.includes(name)));
}
