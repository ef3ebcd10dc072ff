import { existsSync } from "node:fs";
import { readFile, readdir, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

import { AwsError } from "../aws-error";
import {
  describePlatform,
  hostPlatform,
  runsOn,
  type DeclaredPlatforms,
  type Platform,
} from "./host-platform";

/** What a package.json says, as far as it matters here. */
interface Manifest extends DeclaredPlatforms {
  name?: string;
  version?: string;
  optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package in an archive. */
interface ArchivedPackage {
  manifest: Manifest;
  name: string;
  /** Such as `bundle/node_modules/@img/sharp-linux-arm64`, with slashes. */
  path: string;
}

/** Where an archive was unpacked, and where the machine's own packages are. */
export interface NativePackagesOptions {
  taskRoot: string;
  /** The folder whose `node_modules` have them, or those of a folder around it. */
  sourceDir: string | undefined;
  /** Default: this machine. */
  host?: Platform;
}

/**
 * Puts this machine's packages with native code in place of those that an archive has for the
 * function's platform: functions run on the machine's own. The packages are linked from the
 * project's `node_modules`, where npm installs those of the machine, of the very same version.
 *
 * A package that is made for another platform, and whose name has that platform in it, is one of
 * several siblings, such as `@img/sharp-linux-arm64`, `@esbuild/linux-arm64` or
 * `@napi-rs/canvas-linux-arm64-gnu`; others are left as they are.
 *
 * @throws AwsError `InvalidParameterValueException` when the machine's sibling is not installed, or is
 * of another version.
 */
export async function useNativePackagesOfHost(options: NativePackagesOptions): Promise<void> {
  const { taskRoot, host = hostPlatform() } = options;
  const packages = await packagesIn(taskRoot);
  for (const archived of packages) {
    const sibling = runsOn(archived.manifest, host) ? undefined : siblingName(archived, host);
    if (sibling !== undefined) {
      await replace(archived, sibling, packages, { ...options, host });
    }
  }
}

/** All packages that lie in a `node_modules`, at any depth. */
async function packagesIn(taskRoot: string): Promise<ArchivedPackage[]> {
  const files = await readdir(taskRoot, { recursive: true });
  const manifests = files
    .map((file) => file.split(sep).join("/"))
    .filter((file) => /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(file));
  return Promise.all(
    manifests.sort().map(async (file) => {
      const path = dirname(file);
      const manifest = await readManifest(join(taskRoot, path));
      return { manifest, path, name: path.split("node_modules/").at(-1) ?? path };
    }),
  );
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  } catch (error) {
    // What is no manifest declares no platform; Node will say what is wrong with it, if it is used.
    if (error instanceof SyntaxError) {
      return {};
    }
    throw error;
  }
}

/** The name of the package for `host`, where that of another platform is in the package's name. */
function siblingName({ name, manifest }: ArchivedPackage, host: Platform): string | undefined {
  const [os, cpu] = [manifest.os, manifest.cpu].map((list) => list?.[0]);
  if (os === undefined || cpu === undefined) {
    return undefined;
  }
  const platform = new RegExp(`(?<![a-z0-9])${os}(?:musl)?-${cpu}(-gnu|-musl|-msvc)?$`);
  const [found, abi] = platform.exec(name) ?? [];
  if (found === undefined) {
    return undefined;
  }
  const start = name.slice(0, -found.length);
  return abi === undefined
    ? `${start}${host.os}${host.libc === "musl" ? "musl" : ""}-${host.cpu}`
    : `${start}${host.os}-${host.cpu}${abiOf(host)}`;
}

/** As packages of Rust modules are named. */
function abiOf({ os, libc }: Platform): string {
  if (os === "win32") {
    return "-msvc";
  }
  return libc === undefined ? "" : { glibc: "-gnu", musl: "-musl" }[libc];
}

async function replace(
  archived: ArchivedPackage,
  sibling: string,
  packages: readonly ArchivedPackage[],
  { taskRoot, sourceDir, host }: NativePackagesOptions & { host: Platform },
): Promise<void> {
  const path = archived.path.slice(0, -archived.name.length) + sibling;
  if (packages.some((other) => other.path === path)) {
    return;
  }
  const installed = await findInstalled(path, archived.manifest.version, sourceDir);
  if (installed.folder !== undefined) {
    await rm(join(taskRoot, archived.path), { recursive: true });
    await symlink(installed.folder, join(taskRoot, path), "junction");
    return;
  }
  if (installed.otherVersions.length === 0 && hasNoSibling(archived, sibling, packages)) {
    return;
  }
  throw notInstalled(archived, sibling, installed.otherVersions, host, sourceDir);
}

/** Looks where Node would: in the same place of the project, and then further out. */
async function findInstalled(
  path: string,
  version: string | undefined,
  sourceDir: string | undefined,
): Promise<{ folder?: string; otherVersions: string[] }> {
  const otherVersions: string[] = [];
  for (const folder of sourceDir === undefined ? [] : candidates(path, resolve(sourceDir))) {
    if (existsSync(join(folder, "package.json"))) {
      const installed = await readManifest(folder);
      if (installed.version === version) {
        return { folder, otherVersions };
      }
      otherVersions.push(installed.version ?? "none");
    }
  }
  return { otherVersions };
}

function candidates(path: string, sourceDir: string): string[] {
  const parts = path.split("node_modules/").slice(1);
  const inside = parts.map(
    (_, index) => `node_modules/${parts.slice(index).join("node_modules/")}`,
  );
  const around: string[] = [];
  for (let folder = sourceDir; around.at(-1) !== folder; folder = dirname(folder)) {
    around.push(folder);
  }
  return around.flatMap((folder) => inside.map((name) => join(folder, name)));
}

/** Whether a package that goes without the archived one on some platforms does so on this one. */
function hasNoSibling(
  { name }: ArchivedPackage,
  sibling: string,
  packages: readonly ArchivedPackage[],
): boolean {
  const lists = packages.map(({ manifest }) => Object.keys(manifest.optionalDependencies ?? {}));
  // A package of one platform lists those of its own platform alone.
  const choices = lists.filter((list) => list.includes(name) && list.length > 1);
  return choices.length > 0 && !choices.some((list) => list.includes(sibling));
}

function notInstalled(
  { name, manifest }: ArchivedPackage,
  sibling: string,
  otherVersions: readonly string[],
  host: Platform,
  sourceDir = "the project",
): AwsError {
  const version = manifest.version ?? "";
  const found =
    otherVersions.length === 0
      ? "which is not installed"
      : `of which there is version ${otherVersions.join(" and ")}`;
  return new AwsError(
    "InvalidParameterValueException",
    `The archive has ${name} ${version}, but functions run on this machine, ${describePlatform(host)}: ` +
      `it needs ${sibling} ${version}, ${found} in ${join(sourceDir, "node_modules")}. ` +
      "Run: npm install --include=optional",
  );
}
