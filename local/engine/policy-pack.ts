import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { ConfigurationError } from "./configuration-error";
import { readYaml } from "./yaml-file";

/** A policy pack in a folder. */
export interface PolicyPack {
  /** An absolute path. */
  dir: string;
  /** What `PulumiPolicy.yaml` says; absent where the pack's own version counts. */
  version?: string;
  /** Whether it is said to need no compiler. */
  isCompiled: boolean;
}

/** How `PulumiPolicy.yaml` may name what runs a pack. */
type Runtime = string | { name?: string; options?: { typescript?: boolean } };

const products = new Set(["dist", "node_modules"]);
const sourceFile = /\.(ts|json)$/;

/** Whether the folder holds a policy pack. */
export async function isPolicyPack(dir: string): Promise<boolean> {
  return (await modified(join(dir, "PulumiPolicy.yaml"))) !== undefined;
}

/**
 * Reads `PulumiPolicy.yaml`, and builds the pack if it has a build script and its sources are newer
 * than what was built.
 *
 * @throws ConfigurationError when there is no pack, or when it cannot be built.
 */
export async function loadPolicyPack(path: string): Promise<PolicyPack> {
  const dir = resolve(path);
  if (!(await isPolicyPack(dir))) {
    throw new ConfigurationError(`${dir} is no policy pack: it has no PulumiPolicy.yaml`);
  }
  const file = (await readYaml(join(dir, "PulumiPolicy.yaml"))).toJS() as {
    runtime?: Runtime;
    version?: string;
  } | null;
  const { runtime } = file ?? {};
  const { name, options } = typeof runtime === "string" ? { name: runtime } : (runtime ?? {});
  if (name !== "nodejs") {
    throw new ConfigurationError(`${dir}: only policy packs for the runtime 'nodejs' can run here`);
  }
  await build(dir);
  return { dir, version: file?.version, isCompiled: options?.typescript === false };
}

/** Pulumi never builds a pack; here that is done so that a change is never checked by stale rules. */
async function build(dir: string): Promise<void> {
  const manifest = createRequire(join(dir, "PulumiPolicy.yaml"))("./package.json") as {
    main?: string;
    scripts?: { build?: string };
  };
  if (manifest.scripts?.build === undefined || manifest.main === undefined) {
    return;
  }
  const built = await modified(join(dir, manifest.main));
  if (built !== undefined && built > (await newestSource(dir))) {
    return;
  }
  const npm = spawn("npm", ["run", "--silent", "build"], {
    cwd: dir,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [code] = (await once(npm, "close")) as [number | null];
  if (code !== 0) {
    throw new ConfigurationError(`The policy pack ${dir} cannot be built:\n${output.trimEnd()}`);
  }
}

/** When a source of the pack was last changed, in milliseconds. */
async function newestSource(dir: string): Promise<number> {
  const times = (await readdir(dir, { withFileTypes: true })).map(async (entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      return products.has(entry.name) ? 0 : await newestSource(path);
    }
    return sourceFile.test(entry.name) ? ((await modified(path)) ?? 0) : 0;
  });
  return Math.max(0, ...(await Promise.all(times)));
}

async function modified(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return undefined;
    }
    throw error;
  }
}
