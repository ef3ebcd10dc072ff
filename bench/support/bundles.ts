import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

/** Bundles the functions of a checkout, as `npm ci` does. @returns the folder that they lie in. */
export async function bundlesOf(checkout: string): Promise<string> {
  const script = join(checkout, "scripts", "prepare.mjs");
  await promisify(execFile)(process.execPath, [script], { cwd: checkout });
  return join(checkout, "bundle");
}

/** The functions that have a bundle in a folder, by name. */
export function functionsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .map((file) => basename(file, ".js"))
    .sort();
}
