import { maxInt64, minInt64 } from "./integer-limits";
import { Timestamp } from "./yaml-timestamp";
import type { YamlValue } from "./yaml-value";

/** A config value, or what is inside one. Whole numbers of at most 64 bits are exact. */
export type ConfigValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | ConfigValue[]
  | Map<string, ConfigValue>;

/**
 * What Pulumi's engine makes of a value that it has read. Inside of values, whole numbers of more than
 * 63 bits are no longer exact.
 *
 * @param timeText writes a date, which config does not know, as text.
 */
export function configValue(
  value: YamlValue,
  timeText: (time: Timestamp) => string = String,
): ConfigValue {
  if (value instanceof Timestamp) {
    return timeText(value);
  }
  const inner = (item: YamlValue) => rounded(configValue(item, timeText));
  if (Array.isArray(value)) {
    return value.map(inner);
  }
  return value instanceof Map
    ? new Map([...value].map(([key, item]) => [key, inner(item)]))
    : value;
}

function rounded(value: ConfigValue): ConfigValue {
  const isExact = typeof value !== "bigint" || (value >= minInt64 && value <= maxInt64);
  return isExact ? value : Number(value);
}

/** As a program receives it: text as it is, all else as JSON. */
export function configText(value: ConfigValue): string {
  return typeof value === "string" ? value : configJson(value);
}

/**
 * JSON as Pulumi's engine writes it: keys in order, no number rounded that is exact, and safe in HTML.
 *
 * @throws RangeError for what JSON does not have.
 */
function configJson(value: ConfigValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(configJson).join(",")}]`;
  }
  if (value instanceof Map) {
    const keys = [...value.keys()].sort();
    const entries = keys.map((key) => `${jsonText(key)}:${configJson(value.get(key) ?? null)}`);
    return `{${entries.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no place in JSON`);
  }
  return typeof value === "string" ? jsonText(value) : String(value);
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Whether the value itself is encrypted: an object with the text `secure` alone. */
export function isSecure(value: ConfigValue): boolean {
  return value instanceof Map && value.size === 1 && typeof value.get("secure") === "string";
}

/** Whether the value, or one inside it, is encrypted. */
export function isEncrypted(value: ConfigValue): boolean {
  if (Array.isArray(value)) {
    return value.some(isEncrypted);
  }
  return isSecure(value) || (value instanceof Map && [...value.values()].some(isEncrypted));
}
