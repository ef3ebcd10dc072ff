import { configText, isSecure } from "./config-value";
import type { ConfigValue } from "./config-value";

/**
 * The texts in a value that must not be shown.
 *
 * @param value what was given on the command line.
 * @param stored what the stack's file has under the same key: where that is not encrypted, `value` is
 * no secret either. Absent where all of it is secret.
 */
export function secretTexts(value: ConfigValue, stored?: ConfigValue): string[] {
  const inner = typeof value === "string" ? parsed(value) : value;
  const parts = secretParts(inner, stored);
  const isWhole = stored === undefined || isSecure(stored);
  return isWhole ? [configText(value), ...parts] : parts;
}

function secretParts(value: ConfigValue, stored: ConfigValue | undefined): string[] {
  const isOpen = stored !== undefined && !isSecure(stored);
  if (Array.isArray(value)) {
    const items = Array.isArray(stored) ? stored : [];
    return value.flatMap((item, index) => secretParts(item, items[index]));
  }
  if (value instanceof Map) {
    const entries = stored instanceof Map && isOpen ? stored : new Map<string, ConfigValue>();
    return [...value].flatMap(([key, item]) => secretParts(item, entries.get(key)));
  }
  return isOpen || value === null || typeof value === "boolean" ? [] : [String(value)];
}

/** An object or array that is given as JSON. */
function parsed(text: string): ConfigValue {
  if (!/^\s*[[{]/.test(text)) {
    return text;
  }
  try {
    return fromJson(JSON.parse(text));
  } catch {
    // It is a text that only looks like JSON.
    return text;
  }
}

function fromJson(value: unknown): ConfigValue {
  if (Array.isArray(value)) {
    return value.map(fromJson);
  }
  return typeof value === "object" && value !== null
    ? new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]))
    : (value as ConfigValue);
}
