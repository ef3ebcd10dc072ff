import { ApiError } from "./errors";

/** Bytes of a body, the first and the last included; the first is number 0. */
export interface ByteRange {
  first: number;
  last: number;
}

/** What a client says of the part that it wants: its headers `Range` and `If-Range`, or "". */
export interface RangeRequest {
  range: string;
  ifRange: string;
}

/** What it wants a part of. */
export interface Representation {
  /** Bytes, at least 1. */
  size: number;
  /** Strong, with its quotes. */
  etag: string;
}

/**
 * The part that a client wants, or `undefined` when it gets the whole: because it asks for no part,
 * for several, for one of an older representation, or in a form that is not understood.
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 *
 * @throws ApiError 416 `RangeNotSatisfiable` when there are no such bytes.
 */
export function selectRange(
  { range, ifRange }: RangeRequest,
  { size, etag }: Representation,
): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/i.exec(range.trim()) ?? [];
  const isInvalid = first === "" ? last === "" : last !== "" && Number(last) < Number(first);
  // A date never matches: responses have no Last-Modified.
  if (isInvalid || (ifRange !== "" && ifRange.trim() !== etag)) {
    return undefined;
  }
  const selected =
    first === ""
      ? { first: Math.max(size - Number(last), 0), last: size - 1 }
      : { first: Number(first), last: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
  if (selected.first >= size) {
    const contentRange = { "Content-Range": `bytes */${size}` };
    const message = `The image has no such bytes: it has ${size}.`;
    throw new ApiError(416, "RangeNotSatisfiable", message, { size }, contentRange);
  }
  return selected;
}
