import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isNode, isScalar } from "yaml";
import type { Document } from "yaml";
import { namespaced } from "./config-declaration";
import type { Project } from "./project";
import { ConfigurationError, readYaml } from "./yaml-file";

/** Config values by key with namespace. Objects are still what they are, the rest is text. */
export type ConfigValues = Map<string, unknown>;

const stackFile = /^Pulumi\.(.+)\.yaml$/;

/** Names of the stacks that have a `Pulumi.<stack>.yaml`, sorted. */
export async function listStacks(project: Project): Promise<string[]> {
  const names = (await readdir(project.dir)).map((file) => stackFile.exec(file)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

/**
 * The values in `Pulumi.<stack>.yaml`.
 *
 * @throws ConfigurationError when there is no such stack.
 */
export async function readStackFile(project: Project, stack: string): Promise<ConfigValues> {
  const stacks = await listStacks(project);
  if (!stacks.includes(stack)) {
    throw new ConfigurationError(
      `There is no stack '${stack}': Pulumi.${stack}.yaml does not exist. ` +
        `Stacks: ${stacks.join(", ") || "none"}.`,
    );
  }
  const document = await readYaml(join(project.dir, `Pulumi.${stack}.yaml`));
  if (document.has("environment")) {
    throw new ConfigurationError(
      `Pulumi.${stack}.yaml: 'environment' needs Pulumi Cloud and cannot be used here`,
    );
  }
  const config = document.get("config", true);
  const values: ConfigValues = new Map();
  for (const { key, value } of isMap(config) ? config.items : []) {
    values.set(namespaced(String(key), project.name), valueOf(value, document));
  }
  return values;
}

/** Pulumi keeps the text of numbers and booleans as it is written; nothing is an empty text. */
function valueOf(node: unknown, document: Document): unknown {
  if (!isScalar(node)) {
    return isNode(node) ? node.toJS(document) : "";
  }
  if (typeof node.value === "string") {
    return node.value;
  }
  return node.value === null ? "" : node.source;
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

function isEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const entries = Object.entries(value);
  return (
    (entries.length === 1 && entries[0]?.[0] === "secure") ||
    entries.some(([, inner]) => isEncrypted(inner))
  );
}
