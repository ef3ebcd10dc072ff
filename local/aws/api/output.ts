/**
 * A value of an answer, in no protocol yet. Structures are plain objects, of which members that are
 * `undefined` are left out; maps of names to values, which XML writes in another way, are a `Map`.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Structure;

/** The members of a structure by name. */
export interface Structure {
  readonly [member: string]: Value;
}

/** `value` as the JSON protocols have it: times are seconds since 1970, bytes are base64. */
export function jsonOf(value: Value): unknown {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  return withParts(value, jsonOf);
}

/** A list, a map or a structure with each part converted; anything else as it is. */
export function withParts(value: Value, convert: (part: Value) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((part: Value) => convert(part));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const members = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(
    members
      .filter(([, part]) => part !== undefined)
      .map(([name, part]): [string, unknown] => [String(name), convert(part as Value)]),
  );
}
