import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isScalar, isSeq } from "yaml";
import type { Document, Pair } from "yaml";
import { namespaced } from "./config-key";
import { configValue, isEncrypted } from "./config-value";
import type { ConfigValue } from "./config-value";
import type { Project } from "./project";
import { changedTexts } from "./yaml-changes";
import type { ChangedText } from "./yaml-changes";
import { ConfigurationError } from "./configuration-error";
import { readYaml, valueIn } from "./yaml-file";
import { resolveScalar } from "./yaml-scalar";

/** Config values by key with namespace. */
export type ConfigValues = Map<string, ConfigValue>;

/** What a `Pulumi.<stack>.yaml` says. */
export interface StackFile {
  /** Its name, without the folder. */
  name: string;
  values: ConfigValues;
  /** Texts that are not kept as they are written, by key with namespace. */
  changed: ReadonlyMap<string, readonly ChangedText[]>;
  /** The keys, with namespace, that nothing is given for. */
  empty: readonly string[];
}

const stackFile = /^Pulumi\.(.+)\.yaml$/;

/** Names of the stacks that have a `Pulumi.<stack>.yaml`, sorted. */
export async function listStacks(project: Project): Promise<string[]> {
  const names = (await readdir(project.stackDir)).map((file) => stackFile.exec(file)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

/**
 * Reads `Pulumi.<stack>.yaml`, values as Pulumi's engine reads them.
 *
 * @throws ConfigurationError when there is no such stack, or when the file is not valid.
 */
export async function readStackFile(project: Project, stack: string): Promise<StackFile> {
  const stacks = await listStacks(project);
  if (!stacks.includes(stack)) {
    throw new ConfigurationError(
      `There is no stack '${stack}': Pulumi.${stack}.yaml does not exist. ` +
        `Stacks: ${stacks.join(", ") || "none"}.`,
    );
  }
  const name = `Pulumi.${stack}.yaml`;
  const document = await readYaml(join(project.stackDir, name));
  requireMap(name, document.contents);
  if (document.has("environment")) {
    throw new ConfigurationError(
      `${name}: 'environment' needs Pulumi Cloud and cannot be used here`,
    );
  }
  const config = document.get("config", true);
  const read = valueIn(name, config, document);
  if (read !== null && !(read instanceof Map)) {
    throw new ConfigurationError(`${name}: 'config' must be an object of keys and values`);
  }
  const nodes = isMap(config) ? config.items : [];
  requireTextKeys(name, nodes);
  const entries = [...(read ?? [])].map(
    ([key, value]) => [namespaced(key, project.name), value] as const,
  );
  return {
    name,
    // Pulumi takes no value for an empty text.
    values: new Map(entries.map(([key, value]) => [key, configValue(value ?? "")])),
    changed: new Map(
      nodes.map(({ key, value }) => [
        namespaced(String(key), project.name),
        changedTexts(value, document),
      ]),
    ),
    empty: entries.filter(([, value]) => value === null).map(([key]) => key),
  };
}

/** An empty file says nothing, and is none the worse for it. */
function requireMap(file: string, contents: Document["contents"]): void {
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (!isEmpty && !isMap(contents)) {
    const found = isSeq(contents) ? "a list" : `the value ${String(contents)}`;
    throw new ConfigurationError(
      `${file} must be a map, such as one with the key 'config'; it is ${found}`,
    );
  }
}

function requireTextKeys(file: string, nodes: readonly Pair[]): void {
  const keys = nodes.map(({ key }) => key).filter((key) => isScalar(key));
  const [other] = keys.filter(({ source, type }) => {
    return type === "PLAIN" && typeof resolveScalar(source ?? "") !== "string";
  });
  if (other) {
    throw new ConfigurationError(
      `${file}: the key ${other.source ?? ""} is no text; write "${other.source ?? ""}"`,
    );
  }
}

/** Only the stack's passphrase or key service opens an encrypted value. */
export function requireReadable(values: ConfigValues, stack: string): void {
  for (const [key, value] of values) {
    if (isEncrypted(value)) {
      throw new ConfigurationError(
        `Stack '${stack}': the value of '${key}' is encrypted and cannot be decrypted here. ` +
          `Give another one with --config ${key}=<value>.`,
      );
    }
  }
}
