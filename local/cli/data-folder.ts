import { existsSync } from "node:fs";
import { access, chmod, constants, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { claim, ownLockFile } from "./run-lock";
import { isSystemError, UserError } from "./user-error";

/** The data folder of a run that names none, relative to the working directory. */
export const defaultDataFolder = ".local";

/** Marks a folder as ours, so that `--fresh` never empties another one. */
const markerFile = ".local-cloud";

/** The folder in which a local cloud keeps its data. */
export interface DataFolder {
  /** An absolute path. */
  path: string;
  /** Lets another run have the folder. */
  release: () => Promise<void>;
}

/**
 * Makes the folder if there is none, readable for its owner only, and claims it.
 *
 * @param fresh removes what an earlier run stored in it.
 * @throws UserError when the folder is in use, cannot be written, or holds something else.
 */
export async function openDataFolder(dir: string, fresh: boolean): Promise<DataFolder> {
  const path = resolve(dir);
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    await mark(path);
    const release = await claim(path);
    if (fresh) {
      await empty(path);
    }
    return { path, release };
  } catch (error) {
    if (isSystemError(error)) {
      throw new UserError(
        `The folder ${path} cannot be used: ${getSystemErrorMessage(error.errno)}; ` +
          "choose another one with --data.",
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * Makes a folder and those that it lies in. Node.js's own `recursive` calls whatever refuses it "no such file or
 * directory", and never ends where there can be no folder.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (isSystemError(error, "EEXIST") && (await stat(path)).isDirectory()) {
      return;
    }
    if (!isSystemError(error, "ENOENT") || existsSync(dirname(path))) {
      throw error;
    }
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

/** Whether a folder is one of a local cloud. */
export function isDataFolder(dir: string): boolean {
  return existsSync(join(dir, markerFile));
}

async function mark(path: string): Promise<void> {
  const entries = await readdir(path);
  if (entries.includes(markerFile)) {
    return;
  }
  if (entries.length > 0) {
    throw new UserError(
      `The folder ${path} holds something else than a local cloud's data; ` +
        "choose an empty one with --data.",
    );
  }
  await chmod(path, 0o700);
  await writeFile(join(path, markerFile), "This folder is managed by npm start.\n");
}

async function empty(path: string): Promise<void> {
  for (const entry of await readdir(path)) {
    if (entry !== markerFile && entry !== ownLockFile) {
      await rm(join(path, entry), { recursive: true, force: true });
    }
  }
}
