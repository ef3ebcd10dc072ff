import { readFile, rename, writeFile } from "node:fs/promises";
import { isSystemError } from "../cli/user-error";

/** Contents of files by absolute path; `undefined` for one that does not exist. */
export type CodeFiles = ReadonlyMap<string, Uint8Array | undefined>;

/** What those files are now. */
export async function readFiles(paths: Iterable<string>): Promise<CodeFiles> {
  const contents = [...paths].map(async (path) => [path, await readIfThere(path)] as const);
  return new Map(await Promise.all(contents));
}

/** Writes each file that is another now; whoever reads one at the same time gets it whole. */
export async function writeFiles(files: CodeFiles): Promise<void> {
  for (const [path, content] of files) {
    if (content !== undefined && !isSame(content, await readIfThere(path))) {
      const draft = `${path}.${process.pid}`;
      await writeFile(draft, content);
      await rename(draft, path);
    }
  }
}

/** Whether each of the files is the same in both. */
export function areSame(files: CodeFiles, others: CodeFiles): boolean {
  return [...files].every(([path, content]) => isSame(content, others.get(path)));
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return (
    one === other || (one !== undefined && other !== undefined && Buffer.compare(one, other) === 0)
  );
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}
