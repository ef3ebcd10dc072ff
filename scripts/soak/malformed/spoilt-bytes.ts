import fc from "fast-check";
import type { HttpRequest } from "./request";
import type { Template } from "./templates";

/** Where in a whole something is done: a share from 0 to 1, so that it suits any length. */
export const place = fc.double({ min: 0, max: 1, noNaN: true });

/** Changes some of the bytes. */
export type Edit = (bytes: Buffer) => Buffer;

/** Bytes flipped, cut out, repeated, or replaced by some of `donors`. */
export function edits(donors: readonly Buffer[]): fc.Arbitrary<Edit> {
  const flip = fc.tuple(place, fc.nat(7)).map(([at, bit]): Edit => (bytes) => {
    const copy = Buffer.from(bytes);
    const index = Math.min(Math.floor(at * bytes.length), bytes.length - 1);
    copy[index] = (copy[index] ?? 0) ^ (1 << bit);
    return copy;
  });
  const cut = fc.tuple(place, place).map(([from, to]): Edit => (bytes) => {
    const [first, last] = range(bytes, from, to);
    return Buffer.concat([bytes.subarray(0, first), bytes.subarray(last)]);
  });
  const repeat = fc.tuple(place, place).map(([from, to]): Edit => (bytes) => {
    const [first, last] = range(bytes, from, to);
    return Buffer.concat([bytes.subarray(0, last), bytes.subarray(first)]);
  });
  const splice = fc
    .tuple(fc.constantFrom(...donors), place, place, place)
    .map(([donor, at, from, to]): Edit => (bytes) => {
      const [first, last] = range(donor, from, to);
      const index = Math.floor(at * bytes.length);
      return Buffer.concat([
        bytes.subarray(0, index),
        donor.subarray(first, last),
        bytes.subarray(index),
      ]);
    });
  return fc
    .array(fc.oneof({ weight: 4, arbitrary: flip }, cut, repeat, splice), {
      minLength: 1,
      maxLength: 4,
    })
    .map(
      (steps): Edit =>
        (bytes) =>
          steps.reduce((all, step) => (all.length > 0 ? step(all) : all), bytes),
    );
}

function range(bytes: Buffer, from: number, to: number): [number, number] {
  const ends = [from, to].map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
  return [ends[0] ?? 0, ends[1] ?? 0];
}

/**
 * Valid requests with some bytes of the body changed; without a body, of the query or the path.
 *
 * @param others whose bodies are spliced in.
 */
export function mutated(
  { valid }: Template,
  others: readonly Template[],
): fc.Arbitrary<HttpRequest> {
  const { body } = valid;
  const donors = body.length > 0 ? others.map((other) => other.valid.body) : [Buffer.from("/?&=%")];
  return edits(donors).map((edit) =>
    body.length > 0
      ? { ...valid, body: edit(body) }
      : { ...valid, target: editLast(valid.target, edit) },
  );
}

/**
 * Edits the query; the path if there is none. Logs may hold paths, so the two must not mix: a query
 * has the marker.
 */
function editLast(target: string, edit: Edit): string {
  const start = Math.max(target.indexOf("?"), 0) + 1;
  const edited = edit(Buffer.from(target.slice(start))).toString("latin1");
  return target.slice(0, start) + edited.replaceAll(/[^\x21-\x7e]/g, "%");
}
