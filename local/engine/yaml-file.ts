import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseDocument } from "yaml";
import type { Document } from "yaml";
import { ConfigurationError } from "./configuration-error";
import { yamlValue, YamlValueError } from "./yaml-value";
import type { YamlValue } from "./yaml-value";

/**
 * Reads a YAML file.
 *
 * @throws ConfigurationError when it cannot be read or is not YAML.
 */
export async function readYaml(path: string): Promise<Document> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be read`, { cause: error });
  }
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) {
    throw new ConfigurationError(`${basename(path)}: ${problem.message}`, { cause: problem });
  }
  return document;
}

/**
 * The value of a node, as Pulumi's engine reads it.
 *
 * @param file the name of the document's file.
 * @throws ConfigurationError when it stands for nothing.
 */
export function valueIn(file: string, node: unknown, document: Document): YamlValue {
  try {
    return yamlValue(node, document);
  } catch (error) {
    if (error instanceof YamlValueError) {
      throw new ConfigurationError(`${file}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
