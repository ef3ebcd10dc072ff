import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LockedPackage } from "./locked-packages";

/**
 * Puts the tarballs of packages, under any names, into an empty folder.
 *
 * @throws Error when it cannot.
 */
export type Download = (packages: readonly LockedPackage[], folder: string) => void;

/** Has npm download them, from the registry, by the proxy and out of the cache that it is set up for. */
export const downloadByNpm: Download = (packages, folder) => {
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  const { status, stderr, error } = runNpm([
    "pack",
    "--ignore-scripts",
    "--prefer-offline",
    "--loglevel=error",
    `--pack-destination=${folder}`,
    ...specs,
  ]);
  if (status !== 0) {
    throw new Error(`npm pack failed: ${error?.message ?? stderr.trim()}`);
  }
};

/** Under an npm script, that very npm; else the one on the path, which on Windows is a batch file. */
function runNpm(args: string[]) {
  const script = process.env.npm_execpath ?? "";
  const encoding = "utf8";
  return path.basename(script) === "npm-cli.js"
    ? spawnSync(process.execPath, [script, ...args], { encoding })
    : spawnSync("npm", args, { encoding, shell: process.platform === "win32" });
}

/**
 * The tarball of each package in a folder: the file that has the integrity it is locked with.
 *
 * @throws Error that names the packages of which there is none.
 */
export function checkTarballs(
  packages: readonly LockedPackage[],
  folder: string,
): Map<LockedPackage, string> {
  const files = new Map(
    readdirSync(folder).map((file) => [integrity(path.join(folder, file)), file]),
  );
  const missing = packages.filter((locked) => !files.has(locked.integrity));
  if (missing.length > 0) {
    const names = missing.map(({ name, version }) => `${name}@${version}`).join(", ");
    throw new Error(`The registry has another ${names} than package-lock.json says.`);
  }
  return new Map(
    packages.map((locked) => [locked, path.join(folder, files.get(locked.integrity) ?? "")]),
  );
}

function integrity(file: string): string {
  return `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
}
