import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** What a former bundling was made of and made: where nothing of it changed, it need not be repeated. */
export interface BundleRecord {
  /** How it was made: entry points, options and the bundler's version. */
  recipe: string;
  /** Fingerprints of the files that were read and of those that were written, by path. */
  files: Readonly<Record<string, string>>;
}

/** Records the files that a bundling read and wrote, as they are now. */
export function recordBundling(recipe: string, files: readonly string[]): BundleRecord {
  return {
    recipe,
    files: Object.fromEntries(files.map((file) => [file, fingerprint(file)])),
  };
}

/** Whether one of `files` was changed at or after `time`, in milliseconds since 1970, or is gone. */
export function isAnyNewer(files: readonly string[], time: number): boolean {
  return files.some((file) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return !stats || stats.mtimeMs >= time;
  });
}

/** Whether bundling by `recipe` would read and write what `record` says; false if that cannot be told. */
export function isCurrent(record: BundleRecord | undefined, recipe: string): boolean {
  return (
    record?.recipe === recipe &&
    Object.entries(record.files).every(([file, value]) => fingerprint(file) === value)
  );
}

/** @returns the record in `file`, or `undefined` when there is none that can be read. */
export function readRecord(file: string): BundleRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as BundleRecord;
  } catch {
    // Bundling anew is always right.
    return undefined;
  }
}

/**
 * Stands for a file's contents. Of installed packages, of which a bundle takes in a thousand files,
 * size and time have to do: whoever installs or edits them changes the time.
 */
function fingerprint(file: string): string {
  if (file.includes("node_modules/")) {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats ? `${stats.size} ${stats.mtimeMs}` : "";
  }
  return hashOf(file);
}

function hashOf(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return "";
    }
    throw error;
  }
}
