import { readFile, rm } from "node:fs/promises";
import { sep } from "node:path";
import { isIn } from "./watcher";

/** Names the file into which a program's process writes what it has loaded; see `sdk-preload.cjs`. */
export const loadedFilesVariable = "LOCAL_RUN_LOADED_FILES";

/**
 * Absolute paths of a program's own files that its process has loaded, and removes the list.
 *
 * @returns nothing where the process has left none, as when it was killed.
 */
export async function takeLoadedFiles(
  list: string,
  programDir: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const files = JSON.parse(await readFile(list, "utf8")) as string[];
    await rm(list);
    const isOwn = (file: string) =>
      isIn(programDir, file) && !file.includes(`${sep}node_modules${sep}`);
    return new Set(files.filter(isOwn));
  } catch {
    return undefined;
  }
}
