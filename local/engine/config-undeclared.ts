import { parseConfigPath } from "./config-path";
import { nearest } from "./nearest";
import type { Project } from "./project";
import type { ConfigValues, StackFile } from "./stack-file";
import { ConfigurationError } from "./yaml-file";

/**
 * Refuses keys of the command line that the project does not have: such a value would go unnoticed.
 * Pulumi takes them. A key that the stack's file has too is one that the program may know.
 *
 * @throws ConfigurationError that names each, and the key that was probably meant.
 */
export function requireDeclared(project: Project, overrides: ConfigValues, file: StackFile): void {
  const problems = [...overrides.keys()]
    .filter((key) => !file.values.has(key))
    .map((key) => describeUndeclared(project, key))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    throw new ConfigurationError(`--config: ${problems.join("; ")}`);
  }
}

/** A sentence for each key of the file that the project does not have. */
export function undeclaredWarnings(project: Project, { name, values }: StackFile): string[] {
  return [...values.keys()]
    .map((key) => describeUndeclared(project, key))
    .filter((problem) => problem !== undefined)
    .map((problem) => `${name}: ${problem}`);
}

/**
 * What is wrong with a key. Nothing is where it is declared, belongs to a provider or a policy pack, or
 * where the project declares no key of its own, so that its program may read any.
 */
function describeUndeclared(project: Project, key: string): string | undefined {
  const own = new Set(
    [...project.config.keys()]
      .map((declared) => parseConfigPath(declared, project.name)[0])
      .filter((declared) => declared.startsWith(`${project.name}:`))
      .map((declared) => declared.slice(project.name.length + 1)),
  );
  const [namespace = "", name = ""] = key.split(":");
  if (own.size === 0) {
    return undefined;
  }
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
