/** Stands for a value that is not known until the deployment, as most outputs are in a preview. */
export const unknownValue: unique symbol = Symbol("unknown value");

/** Whether `value` is known; what is absent is known to be absent. */
export function isKnown(value: unknown): boolean {
  return value !== unknownValue;
}

/**
 * A copy of `value` in which {@link unknownValue} takes the place of all that is not known.
 *
 * The policy SDK hands out proxies that throw when an unknown value is read, and then gives up the
 * whole policy, violations that were found elsewhere included.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    // Not by `map`, which reads every item before it can be asked for here.
    return Array.from({ length: value.length }, (_, index) => plain(read(value, index)));
  }
  // Assets and archives are objects of classes, whose content no policy looks at.
  if (!isPlainObject(value)) {
    return value;
  }
  return Object.fromEntries(Object.keys(value).map((key) => [key, plain(read(value, key))]));
}

/**
 * The value at a path into a plain value: `undefined` where there is none, {@link unknownValue}
 * where any step of the path is not known.
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (!isKnown(current)) {
      return unknownValue;
    }
    if (typeof current !== "object" || current === null) {
      return undefined;
    }
    current = (current as Record<string | number, unknown>)[step];
  }
  // Providers send null for what is not set.
  return current ?? undefined;
}

/** The items of a list, or the one item that stands for it; none of nothing. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The known strings of a list or of the one item that stands for it. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** The entries of an object; none of anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isPlainObject(value) ? Object.entries(value) : [];
}

/** All values of `key` at any depth, whatever lists and objects they are nested in. */
export function nestedValues(value: unknown, key: string): unknown[] {
  if (!isKnown(value)) {
    return [unknownValue];
  }
  const nested = Array.isArray(value) ? value : entriesOf(value).map(([, item]) => item);
  const own = at(value, key);
  const deeper = nested.filter((item) => item !== own).flatMap((item) => nestedValues(item, key));
  return own === undefined ? deeper : [own, ...deeper];
}

/** The value as messages show it. */
export function textOf(value: unknown): string {
  return isKnown(value) ? String(value) : "(not known yet)";
}

/** Whether the value is, or may turn out to be, one of `accepted`. */
export function mayBe(value: unknown, ...accepted: unknown[]): boolean {
  return !isKnown(value) || accepted.includes(value);
}

/** Whether the value is set, or may turn out to be. */
export function maySet(value: unknown): boolean {
  return value !== undefined && value !== "";
}

/** Whether the value is a number from `lowest` to `highest`, or may turn out to be one. */
export function mayLieBetween(value: unknown, lowest: number, highest: number): boolean {
  return !isKnown(value) || (typeof value === "number" && value >= lowest && value <= highest);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function read(container: object, key: string | number): unknown {
  try {
    return (container as Record<string | number, unknown>)[key];
  } catch (error) {
    // The SDK keeps the class of this error to itself.
    if (error instanceof Error && "unknownTypeSentinel" in error) {
      return unknownValue;
    }
    throw error;
  }
}
