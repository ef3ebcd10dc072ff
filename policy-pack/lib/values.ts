import {
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { sdkProxy } from "./sdk-proxy";

/** Stands for a value that is not known until the deployment, as most outputs are in a preview. */
export const unknownValue: unique symbol = Symbol("unknown value");

/** Whether `value` is known; what is absent is known to be absent. */
export function isKnown(value: unknown): boolean {
  return value !== unknownValue;
}

/** Markers by which the engine says that a value, of whichever type, is not known yet. */
const unknownMarkers: ReadonlySet<unknown> = new Set([
  sdkProxy.unknownBooleanValue,
  sdkProxy.unknownNumberValue,
  sdkProxy.unknownStringValue,
  sdkProxy.unknownArrayValue,
  sdkProxy.unknownAssetValue,
  sdkProxy.unknownArchiveValue,
  sdkProxy.unknownObjectValue,
  // What `pulumi policy analyze --file` puts in place of secrets that it cannot decrypt.
  "[secret]",
]);

/** An asset, an archive or another value that is no plain one; few rules look at what is in it. */
export class Opaque {
  /** What travels in its place. */
  readonly envelope: Readonly<Record<string, unknown>>;

  constructor(envelope: Record<string, unknown>) {
    this.envelope = envelope;
  }
}

/**
 * The value as rules read it, made of one that travels between the engine and a pack:
 * {@link unknownValue} takes the place of all that is not known, and a secret that of its envelope.
 */
export function plain(value: unknown): unknown {
  if (unknownMarkers.has(value)) {
    return unknownValue;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (!isPlainObject(value)) {
    return value;
  }
  return specialSigKey in value
    ? unwrapped(value)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function unwrapped(envelope: Record<string, unknown>): unknown {
  switch (envelope[specialSigKey]) {
    case specialSecretSig:
    case specialOutputValueSig:
      return "value" in envelope ? plain(envelope.value) : unknownValue;
    case specialResourceSig:
      return plain(envelope.id ?? envelope.urn);
    default:
      return new Opaque(envelope);
  }
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

/** All known strings at any depth. */
export function nestedStrings(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  const nested = Array.isArray(value) ? value : entriesOf(value).map(([, item]) => item);
  return nested.flatMap(nestedStrings);
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
