import { namespaced } from "./config-key";
import { describeType, isOfType } from "./config-type";
import type { ConfigType } from "./config-type";
import { configText, configValue } from "./config-value";
import type { ConfigValue } from "./config-value";
import { maxInt64 } from "./integer-limits";
import { ConfigurationError } from "./configuration-error";
import { Timestamp } from "./yaml-timestamp";
import type { YamlValue } from "./yaml-value";

/** One entry of the `config` block of `Pulumi.yaml`. */
export interface ConfigDeclaration {
  /** The key as the project writes it, with or without a namespace. */
  key: string;
  type?: ConfigType;
  /** What counts where the stack sets nothing: `default` or `value`. */
  fallback?: ConfigValue;
  /** Whether the stack must keep its value encrypted. `@default` false */
  secret: boolean;
}

/** An entry in its long form. Null counts as absent. */
interface Entry {
  type?: ConfigType;
  default: YamlValue;
  value: YamlValue;
  secret: boolean;
}

const typeNames = ["string", "integer", "boolean", "array", "object"];
const attributes = ["type", "items", "description", "secret", "default", "value"];

/**
 * Reads the `config` block, by key with namespace.
 *
 * @throws ConfigurationError when an entry is none or contradicts itself, the latter in Pulumi's words.
 * @see https://www.pulumi.com/docs/iac/concepts/config/#strongly-typed-configuration
 */
export function declaredConfig(project: string, block: YamlValue): Map<string, ConfigDeclaration> {
  const declarations = new Map<string, ConfigDeclaration>();
  for (const [key, written] of block instanceof Map ? block : []) {
    const fullKey = namespaced(key, project);
    const ofProject = fullKey.startsWith(`${project}:`);
    const entry = entryOf(key, written, ofProject);
    if (ofProject) {
      validateTyped(key, entry);
    } else {
      validateForeign(key, entry);
    }
    const fallback = entry.default ?? entry.value;
    declarations.set(fullKey, {
      key,
      type: entry.type,
      fallback: fallback === null ? undefined : configValue(fallback, (time) => time.toJSON()),
      secret: entry.secret,
    });
  }
  return declarations;
}

/** A plain value is short for `default`, or for `value` in another namespace. */
function entryOf(key: string, written: YamlValue, ofProject: boolean): Entry {
  if (!(written instanceof Map)) {
    requirePlain(key, written);
    const [own, foreign] = ofProject ? [written, null] : [null, written];
    return { default: own, value: foreign, secret: false };
  }
  const unknown = [...written.keys()].filter((attribute) => !attributes.includes(attribute));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      `Pulumi.yaml: the config of '${key}' has no attribute '${unknown.join("', '")}'; ` +
        `its attributes are ${attributes.join(", ")}`,
    );
  }
  return {
    type: written.has("type") ? typeOf(key, written) : undefined,
    default: written.get("default") ?? null,
    value: written.get("value") ?? null,
    secret: written.get("secret") === true,
  };
}

/** As Pulumi, takes neither fractions nor dates nor nothing without an attribute that says what they are. */
function requirePlain(key: string, value: YamlValue): void {
  const isWhole = typeof value === "bigint" && value <= maxInt64;
  if (["string", "boolean"].includes(typeof value) || isWhole || Array.isArray(value)) {
    return;
  }
  const given = value instanceof Timestamp ? value.toJSON() : configText(configValue(value));
  throw new ConfigurationError(
    `Pulumi.yaml: '${key}' is ${given}; config is text, a whole number of 64 bits, true, false or a list. ` +
      `Quote it: "${value === null ? "" : given}"`,
  );
}

/** The type in an entry, or in the `items` of a type. */
function typeOf(key: string, entry: ReadonlyMap<string, YamlValue>): ConfigType {
  const name = entry.get("type");
  const items = entry.get("items");
  if (typeof name !== "string" || !typeNames.includes(name)) {
    throw new ConfigurationError(
      `Pulumi.yaml: '${configText(configValue(name ?? null))}' is no type of the config '${key}'; ` +
        `the types are ${typeNames.join(", ")}`,
    );
  }
  return { name, items: items instanceof Map ? typeOf(key, items) : undefined };
}

function validateTyped(key: string, entry: Entry): void {
  const { type, default: fallback } = entry;
  if (fallback !== null && entry.value !== null) {
    throw new ConfigurationError(
      `project config '${key}' cannot have both a 'default' and 'value' attribute`,
    );
  }
  if (type?.name === "array" && !type.items) {
    throw new ConfigurationError(
      `The configuration key '${key}' declares an array but does not specify the underlying type via the 'items' attribute`,
    );
  }
  if (type && fallback !== null && !isDefaultOf(fallback, type)) {
    throw new ConfigurationError(
      `The default value specified for configuration key '${key}' is not of the expected type '${describeType(type)}'`,
    );
  }
}

/** A date is none of the types. */
function isDefaultOf(fallback: YamlValue, type: ConfigType): boolean {
  return !(fallback instanceof Timestamp) && isOfType(configValue(fallback), type);
}

/** Keys of other namespaces belong to providers: the project may set them, not type them. */
function validateForeign(key: string, entry: Entry): void {
  if (entry.type !== undefined) {
    throw new ConfigurationError(
      `Configuration key '${key}' is not namespaced by the project and should not define a type`,
    );
  }
  if (entry.default !== null) {
    throw new ConfigurationError(
      `Configuration key '${key}' is not namespaced by the project and should not define a default value. Did you mean to use the 'value' attribute instead of 'default'?`,
    );
  }
  if (entry.value === null) {
    throw new ConfigurationError(
      `Configuration key '${key}' is namespaced and must provide an attribute 'value'`,
    );
  }
}
