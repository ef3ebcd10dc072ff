import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../local/cli/user-error";

/**
 * The file of what a local run writes for tools, if there is one beside the outputs: then they are of that run.
 *
 * @param outputsFile the file of a stack's outputs.
 */
export function endpointsFileBeside(outputsFile: string): string | undefined {
  const file = join(dirname(outputsFile), "endpoints.json");
  return existsSync(file) ? file : undefined;
}

/**
 * What a file says in JSON.
 *
 * @param wayOut what follows the words that there is no such file.
 * @throws UserError when there is none, or it is no JSON.
 */
export function readJsonFile(file: string, wayOut: string): unknown {
  if (!existsSync(file)) {
    throw new UserError(`There is no ${file}${wayOut}`);
  }
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} is no JSON.`, { cause });
  }
}
