import { access, constants, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { isSystemError, UserError } from "./user-error";

/**
 * Makes sure, before any work is done for it, that a file can be written.
 *
 * @param option what it was given by, such as `--sarif`.
 * @throws UserError when its folder is not there, or when it may not be written.
 */
export async function requireWritable(option: string, path: string): Promise<void> {
  await telling(option, path, async () => {
    if (await isThere(path)) {
      await requireFile(option, path);
    } else {
      await requireFolder(option, path);
    }
  });
}

async function requireFile(option: string, path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    throw new UserError(`${option}: ${path} is a folder; name a file in it.`);
  }
  await access(path, constants.W_OK);
}

async function requireFolder(option: string, path: string): Promise<void> {
  const folder = dirname(resolve(path));
  if (!(await stat(folder)).isDirectory()) {
    throw new UserError(`${option}: ${path} cannot be written: ${folder} is no folder.`);
  }
  await access(folder, constants.W_OK | constants.X_OK);
}

/** @throws UserError when it cannot be written. */
export async function writeOutput(option: string, path: string, content: string): Promise<void> {
  await telling(option, path, () => writeFile(path, content));
}

async function telling(option: string, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isSystemError(error)) {
      throw new UserError(
        `${option}: ${path} cannot be written: ${getSystemErrorMessage(error.errno)}.`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
