import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { extract, list } from "tar";
import { isCurrent, readRecord, recordBundling } from "./bundle-record";
import {
  type LockedPackage,
  lockedPackages,
  type LockFile,
  type Platform,
} from "./locked-packages";
import { checkTarballs, type Download, downloadByNpm } from "./package-tarballs";

/** Modules with native code that handlers load: no bundle takes them in, they lie beside it. */
export const nativeModules = ["sharp"] as const;

/** The name of one of them. */
export type NativeModule = (typeof nativeModules)[number];

/** Where functions run: Lambda on Graviton, on Amazon Linux. */
export const functionPlatform: Platform = { os: "linux", cpu: "arm64", libc: "glibc" };

/** The folder in which their packages are laid out as in `node_modules`; bundles find them there. */
const home = "bundle";
const recordFile = `${home}/native-modules.json`;

/** What no function loads: sources, types, other module formats, what installs, builds or is read by people. */
const unneeded = [
  /^(src|install|bin)\//,
  /^lib\/(glib-2\.0\/|index\.)/,
  /^(preload|classes\/index)\.js$/,
  /\.([cm]?ts|mjs|md|bnf)$/,
  /^LICENSE/,
];

/**
 * Lays out the native modules for the platform of the functions, whatever machine this is: the files
 * that they load there, of the packages that package-lock.json states, checked against it. Does
 * nothing where that was done.
 *
 * @param download gets the packages' tarballs.
 * @throws RunError when they cannot be had, or are others than those that are locked.
 */
export function provideNativeModules(download: Download = downloadByNpm): void {
  const packages = nativeModules.flatMap(packagesOf);
  const recipe = JSON.stringify({ packages, unneeded: unneeded.map(String) });
  if (isCurrent(readRecord(recordFile), recipe)) {
    return;
  }
  mkdirSync(home, { recursive: true });
  const drafts = mkdtempSync(`${home}/native-modules-`);
  try {
    const files = unpackAll(packages, drafts, download);
    const record = path.join(drafts, "record.json");
    writeFileSync(record, JSON.stringify(recordBundling(recipe, files)));
    renameSync(record, recordFile);
  } catch (error) {
    throw new pulumi.RunError(
      `The native modules of the functions, ${nativeModules.join(", ")} for ` +
        `${Object.values(functionPlatform).join(" ")}, are not in ${home}/ and cannot be installed: ` +
        `${error instanceof Error ? error.message : String(error)} ` +
        "Run `npm run prepare` where npm reaches its registry.",
    );
  } finally {
    rmSync(drafts, { recursive: true, force: true });
  }
}

/**
 * The files of a native module, which are laid out already: relative to the project's folder, and
 * beginning with a dot, as those of bundles are.
 */
export function nativeModuleFiles(name: NativeModule): string[] {
  const record = readRecord(recordFile);
  if (!record) {
    throw new Error("The native modules are not laid out yet.");
  }
  const folders = packagesOf(name).map(({ folder }) => `${home}/${folder}/`);
  return Object.keys(record.files)
    .sort()
    .filter((file) => folders.some((folder) => isOf(folder, file)))
    .map((file) => `./${file}`);
}

function isOf(folder: string, file: string): boolean {
  return file.startsWith(folder) && !file.slice(folder.length).startsWith("node_modules/");
}

function packagesOf(name: NativeModule): LockedPackage[] {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile;
  return lockedPackages(lock, name, functionPlatform);
}

/** @returns the paths of all files. */
function unpackAll(
  packages: readonly LockedPackage[],
  drafts: string,
  download: Download,
): string[] {
  const tarballs = path.join(drafts, "tarballs");
  mkdirSync(tarballs);
  download(packages, path.resolve(tarballs));
  const checked = checkTarballs(packages, tarballs);
  return [...checked].flatMap(([{ folder }, tarball]) => {
    const unpacked = path.join(drafts, folder);
    const names = unpack(tarball, unpacked);
    return names.map((name) => {
      const file = `${home}/${folder}/${name}`;
      mkdirSync(path.dirname(file), { recursive: true });
      // Another run of the program, at the same time, must never read half a file.
      renameSync(path.join(unpacked, name), file);
      return file;
    });
  });
}

/** @returns the names of the files that are needed, which alone are unpacked. */
function unpack(tarball: string, folder: string): string[] {
  // Those of npm have all in one folder, named anyhow.
  const nameOf = (entry: string) => entry.slice(entry.indexOf("/") + 1);
  const isNeeded = (entry: string) => !unneeded.some((pattern) => pattern.test(nameOf(entry)));
  const names: string[] = [];
  list({
    file: tarball,
    sync: true,
    filter: isNeeded,
    onReadEntry: ({ type, path: entry }) => {
      if (type === "File") {
        names.push(nameOf(entry));
      }
    },
  });
  mkdirSync(folder, { recursive: true });
  // With their times, by which the record knows them: those of every run are the same.
  extract({ file: tarball, cwd: folder, sync: true, strip: 1, filter: isNeeded });
  return names.sort();
}
