import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultDataFolder } from "../local/cli/data-folder";
import { UserError } from "../local/cli/user-error";
import type { OutputsChoice } from "./stack-choice";

/**
 * The file of what a local run writes for tools, if there is one beside the outputs: then they are of that run.
 *
 * @param outputsFile the file of a stack's outputs.
 */
export function endpointsFileBeside(outputsFile: string): string | undefined {
  const file = join(dirname(outputsFile), "endpoints.json");
  return existsSync(file) ? file : undefined;
}

/** The file of the outputs that a command line names. */
export function outputsFileOf({
  data = defaultDataFolder,
  outputs = join(data, "outputs.json"),
}: OutputsChoice): string {
  return outputs;
}

/**
 * What the file of outputs says in JSON that a command line names.
 *
 * @param wayOut how others are named.
 * @throws UserError when there is none, or it is no JSON.
 */
export function readOutputsFile(choice: OutputsChoice, wayOut: string): unknown {
  const { data = defaultDataFolder, outputs } = choice;
  const file = outputsFileOf(choice);
  if (!existsSync(file)) {
    throw new UserError(
      outputs === undefined
        ? `There is no local run in ${data}: npm start, or name another folder with --data; ${wayOut}`
        : `There is no ${file}: ${wayOut}`,
    );
  }
  return readJsonFile(file);
}

/**
 * What a file says in JSON.
 *
 * @throws UserError when it is no JSON.
 */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} is no JSON.`, { cause });
  }
}
