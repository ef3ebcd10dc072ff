import { describeType, isOfType } from "./config-type";
import type { ConfigType } from "./config-type";
import { ConfigurationError } from "./yaml-file";

/** One entry of the `config` block of `Pulumi.yaml`. */
export interface ConfigDeclaration {
  /** The key as the project writes it, with or without a namespace. */
  key: string;
  type?: ConfigType;
  /** What counts where the stack sets nothing: `default` or `value`. */
  fallback?: unknown;
  /** Whether the stack must keep its value encrypted. `@default` false */
  secret: boolean;
}

interface Entry {
  type?: string;
  items?: Items;
  default?: unknown;
  value?: unknown;
  secret?: boolean;
}

interface Items {
  type?: string;
  items?: Items;
}

/** The key with its namespace, which by default is the project. */
export function namespaced(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/**
 * Reads the `config` block, by key with namespace.
 *
 * @throws ConfigurationError in Pulumi's words when an entry contradicts itself.
 * @see https://www.pulumi.com/docs/iac/concepts/config/#strongly-typed-configuration
 */
export function declaredConfig(project: string, block: unknown): Map<string, ConfigDeclaration> {
  const declarations = new Map<string, ConfigDeclaration>();
  for (const [key, written] of Object.entries(block ?? {})) {
    const fullKey = namespaced(key, project);
    const ofProject = fullKey.startsWith(`${project}:`);
    const entry = longForm(written, ofProject);
    if (ofProject) {
      validateTyped(key, entry);
    } else {
      validateForeign(key, entry);
    }
    declarations.set(fullKey, {
      key,
      type: typeOf(entry),
      fallback: entry.default ?? entry.value ?? undefined,
      secret: entry.secret === true,
    });
  }
  return declarations;
}

/** A plain value is short for `default`, or for `value` in another namespace. */
function longForm(written: unknown, ofProject: boolean): Entry {
  if (typeof written === "object" && written !== null && !Array.isArray(written)) {
    return written;
  }
  return ofProject ? { default: written } : { value: written };
}

function typeOf({ type, items }: Items): ConfigType | undefined {
  return type === undefined ? undefined : { name: type, items: items && typeOf(items) };
}

function validateTyped(key: string, entry: Entry): void {
  const type = typeOf(entry);
  if (isGiven(entry.default) && isGiven(entry.value)) {
    throw new ConfigurationError(
      `project config '${key}' cannot have both a 'default' and 'value' attribute`,
    );
  }
  if (type?.name === "array" && !type.items) {
    throw new ConfigurationError(
      `The configuration key '${key}' declares an array but does not specify the underlying type via the 'items' attribute`,
    );
  }
  if (type && isGiven(entry.default) && !isOfType(entry.default, type)) {
    throw new ConfigurationError(
      `The default value specified for configuration key '${key}' is not of the expected type '${describeType(type)}'`,
    );
  }
}

/** Keys of other namespaces belong to providers: the project may set them, not type them. */
function validateForeign(key: string, entry: Entry): void {
  if (entry.type !== undefined) {
    throw new ConfigurationError(
      `Configuration key '${key}' is not namespaced by the project and should not define a type`,
    );
  }
  if (isGiven(entry.default)) {
    throw new ConfigurationError(
      `Configuration key '${key}' is not namespaced by the project and should not define a default value. Did you mean to use the 'value' attribute instead of 'default'?`,
    );
  }
  if (!isGiven(entry.value)) {
    throw new ConfigurationError(
      `Configuration key '${key}' is namespaced and must provide an attribute 'value'`,
    );
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
