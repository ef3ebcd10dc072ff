import { S3Error } from "./errors";

/** Bytes of an object, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a `Range` header.
 *
 * @returns `undefined` for the whole object: S3 ignores several ranges and what it cannot read, and the
 * last bytes of an empty object are all of it.
 * @throws S3Error `InvalidRange` when no byte of the object is in the range.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last, suffix] = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined && suffix === undefined) {
    return undefined;
  }
  const start = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first);
  const end = last ? Number(last) : size - 1;
  const isIgnored = last !== undefined && last !== "" && end < start;
  const isAllOfNothing = size === 0 && Number(suffix) > 0;
  if (isIgnored || isAllOfNothing) {
    return undefined;
  }
  if (start >= size) {
    throw invalidRange(header ?? "", size);
  }
  return { start, end: Math.min(end, size - 1) };
}

function invalidRange(range: string, size: number): S3Error {
  return new S3Error(
    "InvalidRange",
    "The requested range is not satisfiable",
    416,
    { RangeRequested: range, ActualObjectSize: String(size) },
    { "content-range": `bytes */${size}` },
  );
}

/**
 * The bytes of one part of a multipart upload; any other object has one part.
 *
 * @throws S3Error `InvalidPartNumber`.
 */
export function partRange(
  partNumber: number,
  sizes: readonly number[],
): ByteRange & { parts: number } {
  const size = sizes[partNumber - 1];
  if (size === undefined) {
    throw new S3Error("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
      ActualPartCount: String(sizes.length),
      PartNumberRequested: String(partNumber),
    });
  }
  const start = sizes.slice(0, partNumber - 1).reduce((sum, each) => sum + each, 0);
  return { start, end: start + size - 1, parts: sizes.length };
}
