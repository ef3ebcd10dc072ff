import { namespaced } from "./config-key";
import type { ConfigValue } from "./config-value";
import { ConfigurationError } from "./configuration-error";

/** The key, with its namespace, and the names and indices that lead into its value. */
export type ConfigPath = readonly [string, ...(string | number)[]];

const segment = /\.?([^.[]+)|\["((?:\\"|[^"])*)"\]|\[(\d+)\]/y;

/**
 * Reads a path such as `hosts[0].name`, `demo:names["a.b"]` or a key alone.
 *
 * @param project the namespace where the path has none.
 * @throws ConfigurationError when it is none.
 */
export function parseConfigPath(key: string, project: string): ConfigPath {
  const [, top = "", below = ""] = /^([^.[]*)(.*)$/s.exec(key) ?? [];
  const [namespace = "", name = ""] = namespaced(top, project).split(":");
  const [first, ...rest] = segmentsOf(`${name}${below}`);
  if (typeof first !== "string") {
    throw new ConfigurationError(
      `invalid config key path '${key}': a path is a key with .name, ["name"] or [index] after it`,
    );
  }
  return [`${namespace}:${first}`, ...rest];
}

/** None where the text is not made of segments alone. */
function segmentsOf(key: string): (string | number)[] {
  if (key.startsWith(".")) {
    return [];
  }
  const segments: (string | number)[] = [];
  segment.lastIndex = 0;
  while (segment.lastIndex < key.length) {
    const match = segment.exec(key);
    if (!match) {
      return [];
    }
    const [, name, quoted, index] = match;
    segments.push(name ?? quoted?.replaceAll('\\"', '"') ?? Number(index));
  }
  return segments;
}

/** What is inside `value` at the end of the path; undefined where there is nothing. */
export function valueAt(
  value: ConfigValue | undefined,
  [head, ...rest]: readonly (string | number)[],
): ConfigValue | undefined {
  if (head === undefined) {
    return value;
  }
  if (Array.isArray(value) && typeof head === "number") {
    return valueAt(value[head], rest);
  }
  return value instanceof Map && typeof head === "string"
    ? valueAt(value.get(head), rest)
    : undefined;
}

/**
 * `value` with `inner` at the end of the path. What is missing on the way is made, and a text on its
 * way gives way at the top, as with Pulumi.
 *
 * @throws ConfigurationError when the path leads into something else than is there.
 */
export function withValueAt(
  value: ConfigValue | undefined,
  path: readonly (string | number)[],
  inner: ConfigValue,
  depth = 0,
): ConfigValue {
  const [head, ...rest] = path;
  if (head === undefined) {
    return inner;
  }
  const isContainer = Array.isArray(value) || value instanceof Map;
  if (isContainer || (value !== undefined && value !== null && depth > 0)) {
    requireAccess(value, head);
  }
  if (typeof head === "number") {
    // An array that is made is as long as it has to be; one that is there grows by one.
    const items = Array.isArray(value) ? value : Array<ConfigValue>(head).fill(null);
    if (head > items.length) {
      throw new ConfigurationError(`[${head}] of a config key path is out of the array's range`);
    }
    return items.toSpliced(head, 1, withValueAt(items[head], rest, inner, depth + 1));
  }
  const entries = value instanceof Map ? value : new Map<string, ConfigValue>();
  return new Map(entries).set(head, withValueAt(entries.get(head), rest, inner, depth + 1));
}

function requireAccess(value: ConfigValue, accessor: string | number): void {
  const accepts = Array.isArray(value) ? "number" : value instanceof Map ? "string" : undefined;
  if (typeof accessor !== accepts) {
    const what = typeof accessor === "number" ? "an array" : "an object";
    throw new ConfigurationError(
      `${JSON.stringify(accessor)} of a config key path needs ${what}, which is not there`,
    );
  }
}
