import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve, sep } from "node:path";

/**
 * The path of a command, as a shell finds it.
 *
 * @param excluded a folder whose commands do not count.
 */
export function findCommand(name: string, excluded: string): string | undefined {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !`${resolve(folder)}${sep}`.startsWith(excluded + sep))
    .flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
