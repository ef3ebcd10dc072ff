import { namespaced } from "./config-key";
import { parseConfigPath, withValueAt } from "./config-path";
import type { ConfigValue } from "./config-value";
import { maxUint64 } from "./integer-limits";
import type { ConfigValues } from "./stack-file";

/**
 * Values of the command line, by key with namespace.
 *
 * @param paths whether keys may be paths into a value, as with `--config-path`: `hosts[0].port`.
 * @throws ConfigurationError when a key is none.
 */
export function overridesOf(
  given: Readonly<Record<string, string>>,
  project: string,
  paths = false,
): ConfigValues {
  const values: ConfigValues = new Map();
  for (const [key, text] of Object.entries(given)) {
    const [root, ...path] = paths ? parseConfigPath(key, project) : [namespaced(key, project)];
    const value = path.length > 0 ? coerced(text) : text;
    values.set(root, withValueAt(values.get(root), path, value));
  }
  return values;
}

/** Inside of values, Pulumi takes text for what it looks like, but for numbers that start with 0. */
function coerced(text: string): ConfigValue {
  if (text === "true" || text === "false") {
    return text === "true";
  }
  return /^(0|[-+]?[1-9]\d*)$/.test(text) && BigInt(text.replace("+", "")) <= maxUint64
    ? BigInt(text.replace("+", ""))
    : text;
}
