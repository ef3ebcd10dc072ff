import { describeType, isOfType } from "./config-type";
import { namespaced } from "./config-declaration";
import type { ConfigDeclaration } from "./config-declaration";
import type { Project } from "./project";
import { readStackFile, requireReadable } from "./stack-file";
import type { ConfigValues } from "./stack-file";
import { ConfigurationError } from "./yaml-file";

/** Config values as the program receives them. */
export interface StackConfig {
  /** By key with namespace. Objects and arrays are JSON text. */
  values: Readonly<Record<string, string>>;
  /** The keys whose values are secret. */
  secretKeys: readonly string[];
}

/**
 * The config of a stack: `overrides`, then `Pulumi.<stack>.yaml`, then what `Pulumi.yaml` says.
 *
 * @param overrides by key; a key without a namespace gets the project's.
 * @throws ConfigurationError when there is no such stack, when a value is missing or of another
 * type than declared, or when it is encrypted.
 */
export async function loadStackConfig(
  project: Project,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<StackConfig> {
  const values = await readStackFile(project, stack);
  const overridden = new Set<string>();
  for (const [key, value] of Object.entries(overrides)) {
    const fullKey = namespaced(key, project.name);
    values.set(fullKey, value);
    overridden.add(fullKey);
  }
  requireReadable(values, stack);
  applyFallbacks(project, stack, values);
  for (const [key, declaration] of project.config) {
    validate(stack, declaration, values.get(key), overridden.has(key));
  }
  return {
    values: Object.fromEntries([...values].map(([key, value]) => [key, textOf(value)])),
    secretKeys: [...project.config].filter(([, { secret }]) => secret).map(([key]) => key),
  };
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/config.go `mergeConfig` */
function applyFallbacks(project: Project, stack: string, values: ConfigValues): void {
  const missing: string[] = [];
  for (const [key, { key: written, fallback }] of project.config) {
    if (values.has(key)) {
      continue;
    }
    if (fallback === undefined) {
      missing.push(written);
    } else {
      values.set(key, fallback);
    }
  }
  if (missing.length > 0) {
    const noun = missing.length > 1 ? "values" : "value";
    throw new ConfigurationError(
      `Stack '${stack}' is missing configuration ${noun} ${listKeys(missing.sort())}`,
    );
  }
}

function listKeys(keys: readonly string[]): string {
  const quoted = keys.map((key) => `'${key}'`);
  const last = quoted.pop() ?? "";
  return quoted.length > 0 ? `${quoted.join(", ")} and ${last}` : last;
}

function validate(
  stack: string,
  { key, type, secret }: ConfigDeclaration,
  value: unknown,
  overridden: boolean,
): void {
  if (!type) {
    return;
  }
  // Unlike Pulumi, a secret may be given on the command line: it stays on this machine.
  if (secret && !overridden) {
    throw new ConfigurationError(
      `Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`,
    );
  }
  if (!isOfType(value, type)) {
    throw new ConfigurationError(
      `Stack '${stack}' with configuration key '${key}' must be of type '${describeType(type)}'`,
    );
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
