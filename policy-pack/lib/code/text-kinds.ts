/**
 * What a value that the code of an authorizer computes may be, as far as it matters to which routes a
 * policy is for: flags, several where the value differs from one run to the next.
 */
export const kinds = {
  /** The ARN of the route that is called, such as `event.methodArn`. */
  routeArn: 1,
  /** The parts of that ARN between its colons. */
  colonParts: 2,
  /** The parts of that ARN between its slashes: API, stage, method and path. */
  slashParts: 4,
  /** Cut out of that ARN. */
  arnPart: 8,
  /** Other text that differs by the method or the path that is called. */
  routeText: 16,
  /** Text with a wildcard. */
  wildcard: 32,
  /** Text that is the same whatever route is called, without a wildcard. */
  fixedText: 64,
  /** What the code alone does not tell. */
  unknown: 128,
} as const;

const { routeArn, colonParts, slashParts, arnPart, routeText, wildcard, fixedText, unknown } =
  kinds;
const parts = colonParts | slashParts;

/** Whether any of the kinds are among those of a value. */
export function has(value: number, ...any: number[]): boolean {
  return any.some((kind) => (value & kind) !== 0);
}

/** What a text is that consists of two; nothing as long as nothing is known to arrive at one of them. */
export function concatenated(first: number, second: number): number {
  return pairs(first, second, (one, other) => {
    const both = one | other;
    if (has(both, routeArn, routeText)) {
      return routeText;
    }
    if (has(both, wildcard)) {
      return wildcard;
    }
    if (has(both, unknown)) {
      return unknown;
    }
    // What is cut out and put beside text of the code is as fixed as that: the ARN of the API, mostly.
    return has(one, arnPart, parts) && has(other, arnPart, parts) ? arnPart : fixedText;
  });
}

/** What a text is that a method such as `slice` cuts out. */
export function cut(value: number): number {
  return has(value, routeArn, parts) ? (value & ~(routeArn | parts)) | arnPart : value;
}

/** What the parts are when the value is split at a separator, which may not be known. */
export function split(value: number, separator: unknown): number {
  if (!has(value, routeArn)) {
    return value;
  }
  const rest = value & ~routeArn;
  return rest | (separator === ":" ? colonParts : separator === "/" ? slashParts : arnPart);
}

/** What an item of a list is; the place of it is not always known. */
export function itemAt(value: number, index: number | undefined): number {
  let item = value & ~parts;
  if (has(value, colonParts)) {
    // The last part of an ARN is API, stage, method and path.
    item |= index === 5 ? routeArn : arnPart;
  }
  if (has(value, slashParts)) {
    item |= index !== undefined && index >= 2 ? routeText : arnPart;
  }
  return item;
}

/** What the items of a list from one place to before another are. */
export function itemsBetween(
  value: number,
  from: number | undefined,
  to: number | undefined,
): number {
  const reachesRoute = from !== undefined && (to === undefined ? from >= 2 : to > 2);
  return has(value, slashParts) && reachesRoute ? cut(value & ~slashParts) | routeText : cut(value);
}

/** What the items of a list are as one text. */
export function joined(value: number): number {
  if (has(value, routeArn, routeText)) {
    return routeText;
  }
  return has(value, wildcard) ? wildcard : cut(value);
}

/** What is left of a text where something is put in place of a part of it. */
export function replaced(value: number, replacement: unknown, by: number): number {
  if (!has(value, routeArn)) {
    return concatenated(cut(value), by);
  }
  const endsText = typeof replacement !== "string" || replacement.endsWith("*");
  const rest = (value & ~routeArn) | (by & unknown);
  // What comes after a wildcard that does not end the text is still the route's.
  return rest | (has(by, wildcard) && endsText ? wildcard : has(by, unknown) ? 0 : routeText);
}

/** What the last of the items of a list is. */
export function lastItem(value: number): number {
  return itemAt(value, has(value, colonParts) ? 5 : 2);
}

/** What a pattern finds in a text: any part of it. */
export function matched(value: number): number {
  return has(value, routeArn) ? cut(value) | unknown : cut(value);
}

function pairs(
  first: number,
  second: number,
  combine: (one: number, other: number) => number,
): number {
  const flags = Object.values(kinds);
  let result = 0;
  for (const one of flags.filter((flag) => has(first, flag))) {
    for (const other of flags.filter((flag) => has(second, flag))) {
      result |= combine(one, other);
    }
  }
  return result;
}
