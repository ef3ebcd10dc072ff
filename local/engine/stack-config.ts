import type { ConfigDeclaration } from "./config-declaration";
import { overridesOf } from "./config-overrides";
import { parseConfigPath, valueAt, withValueAt } from "./config-path";
import { secretTexts } from "./config-secrets";
import { describeType, isOfType } from "./config-type";
import { requireDeclared, undeclaredWarnings } from "./config-undeclared";
import { configText, isEncrypted } from "./config-value";
import type { ConfigValue } from "./config-value";
import { changeWarnings, emptyWarnings } from "./config-warnings";
import type { Project } from "./project";
import { readStackFile, requireReadable } from "./stack-file";
import type { ConfigValues, StackFile } from "./stack-file";
import { ConfigurationError } from "./configuration-error";

/** Config values as the program receives them. */
export interface StackConfig {
  /** By key with namespace. Objects and arrays are JSON text. */
  values: Readonly<Record<string, string>>;
  /** The keys whose values are secret. */
  secretKeys: readonly string[];
  /** The texts in secret values, which must not be shown. */
  secrets: readonly string[];
}

/** How the config is loaded. */
export interface LoadOptions {
  /** Whether keys of the command line may be paths into values, as with `--config-path`. `@default` false */
  paths?: boolean;
  /** Gets a sentence for each thing that is accepted but may not be meant. */
  warn?: (message: string) => void;
}

/**
 * The config of a stack: what the command line gives, then `Pulumi.<stack>.yaml`, then what
 * `Pulumi.yaml` says.
 *
 * @param commandLine by key; a key without a namespace gets the project's.
 * @throws ConfigurationError when there is no such stack, when a value is missing or of another
 * type than declared, when it is encrypted, or when the project does not have a key
 * of the command line.
 */
export async function loadStackConfig(
  project: Project,
  stack: string,
  commandLine: Readonly<Record<string, string>> = {},
  { paths = false, warn = () => undefined }: LoadOptions = {},
): Promise<StackConfig> {
  const file = await readStackFile(project, stack);
  (await warningsOf(project, file)).forEach(warn);
  const overrides = overridesOf(commandLine, project.name, paths);
  await requireDeclared(project, overrides, file);
  const values: ConfigValues = new Map([...file.values, ...overrides]);
  requireReadable(values, stack);
  const given = new Map(values);
  applyFallbacks(project, stack, values);
  for (const declaration of project.config.values()) {
    requireSecret(project, stack, declaration, overrides);
    requireType(project, stack, declaration, given);
  }
  const secretKeys = secretKeysOf(project, file);
  return {
    values: Object.fromEntries([...values].map(([key, value]) => [key, textOf(key, value)])),
    secretKeys: [...secretKeys].filter((key) => values.has(key)),
    secrets: [...overrides]
      .filter(([key]) => secretKeys.has(key))
      .flatMap(([key, value]) => secretTexts(value, storedIn(file, key))),
  };
}

async function warningsOf(project: Project, file: StackFile): Promise<string[]> {
  return [
    ...(await undeclaredWarnings(project, file)),
    ...emptyWarnings(file),
    ...changeWarnings(project, file),
  ];
}

/** https://github.com/pulumi/pulumi/blob/master/pkg/workspace/config.go `mergeConfig` */
function applyFallbacks(project: Project, stack: string, values: ConfigValues): void {
  const missing: string[] = [];
  for (const { key, fallback } of project.config.values()) {
    const [root, ...path] = parseConfigPath(key, project.name);
    if (valueAt(values.get(root), path) !== undefined) {
      continue;
    }
    if (fallback === undefined) {
      missing.push(key);
    } else {
      values.set(root, withValueAt(values.get(root), path, fallback));
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

/** Unlike with Pulumi, a secret may be given on the command line: it stays on this machine. */
function requireSecret(
  { name }: Project,
  stack: string,
  { key, type, secret }: ConfigDeclaration,
  overrides: ConfigValues,
): void {
  if (type && secret && !overrides.has(parseConfigPath(key, name)[0])) {
    throw new ConfigurationError(
      `Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`,
    );
  }
}

/** The type of what the project gives itself was looked at when the project was read. */
function requireType(
  { name }: Project,
  stack: string,
  { key, type }: ConfigDeclaration,
  given: ConfigValues,
): void {
  const [root, ...path] = parseConfigPath(key, name);
  const value = valueAt(given.get(root), path);
  if (type && value !== undefined && !isOfType(asText(value), type)) {
    throw new ConfigurationError(
      `Stack '${stack}' with configuration key '${key}' must be of type '${describeType(type)}'`,
    );
  }
}

/** A value that is neither object nor array has become text when its type is looked at. */
function asText(value: ConfigValue): ConfigValue {
  return value instanceof Map || Array.isArray(value) ? value : configText(value);
}

/** What the project declares as secret, or the stack keeps encrypted. */
function secretKeysOf({ name, config }: Project, { values }: StackFile): Set<string> {
  const declared = [...config.values()].filter(({ secret }) => secret);
  return new Set([
    ...declared.map(({ key }) => parseConfigPath(key, name)[0]),
    ...[...values].filter(([, value]) => isEncrypted(value)).map(([key]) => key),
  ]);
}

/** What the file keeps encrypted under a key, at least in part; the rest of it is known to be open. */
function storedIn({ values }: StackFile, key: string): ConfigValue | undefined {
  const stored = values.get(key);
  return stored !== undefined && isEncrypted(stored) ? stored : undefined;
}

function textOf(key: string, value: ConfigValue): string {
  try {
    return configText(value);
  } catch (error) {
    if (error instanceof RangeError) {
      throw new ConfigurationError(`The value of '${key}' cannot be used: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
