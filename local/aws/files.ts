import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { DamagedFileError } from "./damaged-file-error";

/** Suffix of files that are still being written; what is left of them after a kill is garbage. */
export const temporarySuffix = ".tmp";

/** A name that nothing from outside can influence, safe on every file system. */
export function newFileId(): string {
  return randomBytes(16).toString("hex");
}

/**
 * Writes a JSON file so that it is either there in full or not at all.
 *
 * Survives the end of the process at any moment. It is not flushed to the disk, so a power cut may
 * lose the last writes: AWS would not, but each flush costs milliseconds. Its owner alone may read it:
 * records hold secrets, too.
 */
export function writeJson(file: string, value: unknown): void {
  const temporary = `${file}.${newFileId()}${temporarySuffix}`;
  fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 });
  fs.renameSync(temporary, file);
}

/**
 * Reads what {@link writeJson} wrote.
 *
 * @throws DamagedFileError when it is no JSON.
 */
export function readJson(file: string): unknown {
  const text = fs.readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    // What the cause quotes of it may be secret.
    const reason = text.trim() === "" ? "it is empty" : "it is no JSON, or has lost its end";
    throw new DamagedFileError(file, reason, { cause });
  }
}

/** The names of the files and folders in `folder`; none if there is no such folder. */
export function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

/** Removes the entries of `folder` that `isNeeded` does not want. */
export function sweep(folder: string, isNeeded: (name: string) => boolean): void {
  for (const name of namesIn(folder)) {
    if (!isNeeded(name)) {
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }
}
