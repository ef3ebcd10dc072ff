import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseDocument } from "yaml";
import type { Document } from "yaml";

/** A project, stack or config value that cannot be used; the message tells the user why. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

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
