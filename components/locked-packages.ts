/** What `package-lock.json` says of a package that is installed somewhere. */
interface LockEntry {
  version?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/** A lock file, of version 2 or 3. */
export interface LockFile {
  /** By folder, such as `node_modules/a/node_modules/@b/c`. */
  packages: Readonly<Record<string, LockEntry>>;
}

/** What native code is made for, in the terms of `package.json`. */
export interface Platform {
  os: string;
  cpu: string;
  libc: string;
}

/** A package as it is locked. */
export interface LockedPackage {
  /** Where it is installed, such as `node_modules/a/node_modules/@b/c`. */
  folder: string;
  name: string;
  version: string;
  /** Of its tarball: `sha512-` and base64. */
  integrity: string;
}

/**
 * What a package loads on a platform, by the lock file: itself, and all that it depends on, of
 * optional dependencies those that are made for the platform.
 *
 * @returns each once, by folder.
 * @throws Error when the lock file lacks one, or what to check it by.
 */
export function lockedPackages(lock: LockFile, name: string, platform: Platform): LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  collect(lock, name, "", found, platform);
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function collect(
  lock: LockFile,
  name: string,
  dependent: string,
  found: Map<string, LockedPackage>,
  platform: Platform,
): void {
  const folder = resolve(lock, name, dependent);
  const entry = lock.packages[folder] ?? {};
  if (found.has(folder)) {
    return;
  }
  found.set(folder, { folder, name, ...identity(folder, entry) });
  const optional = Object.keys(entry.optionalDependencies ?? {});
  // A lock file need not name what is optional, if no machine can install it.
  const fitting = optional.filter((dependency) => {
    const at = find(lock, dependency, folder);
    return at !== undefined && isFor(lock.packages[at] ?? {}, platform);
  });
  for (const dependency of [...Object.keys(entry.dependencies ?? {}), ...fitting]) {
    collect(lock, dependency, folder, found, platform);
  }
}

function identity(folder: string, { version, integrity }: LockEntry) {
  if (version === undefined || !integrity?.startsWith("sha512-")) {
    throw new Error(`package-lock.json has no version with a SHA-512 of ${folder}.`);
  }
  return { version, integrity };
}

function resolve(lock: LockFile, name: string, dependent: string): string {
  const folder = find(lock, name, dependent);
  if (folder === undefined) {
    throw new Error(`package-lock.json does not have ${name}, of ${dependent || "the project"}.`);
  }
  return folder;
}

/** Where Node.js finds a package from within the folder of another: there, or further up. */
function find({ packages }: LockFile, name: string, dependent: string): string | undefined {
  for (let from = dependent; ; from = from.slice(0, Math.max(0, from.lastIndexOf("/")))) {
    const folder = `${from}${from && "/"}node_modules/${name}`;
    if (folder in packages) {
      return folder;
    }
    if (from === "") {
      return undefined;
    }
  }
}

function isFor({ os, cpu, libc }: LockEntry, platform: Platform): boolean {
  return allows(os, platform.os) && allows(cpu, platform.cpu) && allows(libc, platform.libc);
}

/** Lists name what a package is for, or, after `!`, what it is not for. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (!list || list.includes(`!${value}`)) {
    return !list;
  }
  return list.includes(value) || list.every((item) => item.startsWith("!"));
}
