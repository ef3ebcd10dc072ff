import { parseConfigPath } from "./config-path";
import { nearest } from "../nearest";
import { programText } from "./program-text";
import type { Project } from "./project";
import type { ConfigValues, StackFile } from "./stack-file";
import { ConfigurationError } from "./configuration-error";

/**
 * Refuses keys of the command line that the project does not have: such a value would go unnoticed, as
 * it does with Pulumi. A key that the stack's file has too, or that the program's code names, is one
 * that the program may know.
 *
 * @throws ConfigurationError that names each, and the key that was probably meant.
 */
export async function requireDeclared(
  project: Project,
  overrides: ConfigValues,
  file: StackFile,
): Promise<void> {
  const given = [...overrides.keys()].filter((key) => !file.values.has(key));
  const problems = await describeUndeclared(project, given);
  if (problems.length > 0) {
    throw new ConfigurationError(`--config: ${problems.join("; ")}`);
  }
}

/** A sentence for each key of the file that the project does not have. */
export async function undeclaredWarnings(
  project: Project,
  { name, values }: StackFile,
): Promise<string[]> {
  const problems = await describeUndeclared(project, [...values.keys()]);
  return problems.map((problem) => `${name}: ${problem}`);
}

/**
 * What is wrong with keys. Nothing is with those that are declared, that belong to a provider or a
 * policy pack, or that the program names, and with none where the project declares no key of its own.
 */
async function describeUndeclared(project: Project, keys: readonly string[]): Promise<string[]> {
  const own = ownKeys(project);
  const unknown = keys
    .map((key) => ({ key, problem: own.size === 0 ? undefined : problemOf(project, key, own) }))
    .filter(({ problem }) => problem !== undefined);
  const code = unknown.length > 0 ? await programText(project) : undefined;
  return unknown.flatMap(({ key, problem = "" }) => (isNamed(key, code) ? [] : [problem]));
}

/** Names of the keys that the project declares in its own namespace. */
function ownKeys({ name, config }: Project): Set<string> {
  return new Set(
    [...config.keys()]
      .map((declared) => parseConfigPath(declared, name)[0])
      .filter((declared) => declared.startsWith(`${name}:`))
      .map((declared) => declared.slice(name.length + 1)),
  );
}

function isNamed(key: string, code: string | undefined): boolean {
  const name = key.slice(key.indexOf(":") + 1);
  return ['"', "'", "`"].some((quote) => code?.includes(quote + name + quote));
}

function problemOf(project: Project, key: string, own: ReadonlySet<string>): string | undefined {
  const [namespace = "", name = ""] = key.split(":");
  if (namespace !== project.name) {
    const isMisspelt = own.has(name) && nearest(namespace, [project.name]) !== undefined;
    return isMisspelt
      ? `'${key}' is no key of the project; did you mean '${project.name}:${name}'?`
      : undefined;
  }
  return own.has(name) ? undefined : `Pulumi.yaml declares no key '${name}'; ${hint(name, own)}`;
}

function hint(name: string, own: ReadonlySet<string>): string {
  const meant = nearest(name, own);
  return meant === undefined
    ? `its keys are ${[...own].sort().join(", ")}`
    : `did you mean '${meant}'?`;
}
