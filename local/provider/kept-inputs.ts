import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as asset from "@pulumi/pulumi/asset";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { archiveHash } from "../aws/lambda/archive-hash";
import { fromStruct, structOf } from "../engine/properties";
import { packArchive } from "./pack-archive";
import type { Properties } from "./resource";

/** The folder in `dataDir` that keeps archives, each named by its SHA-256. */
export function archiveDirOf(dataDir: string): string {
  return join(dataDir, "archives");
}

export interface KeptInputsOptions {
  /** Folder for archives. */
  archiveDir: string;
  /** Relative paths of assets start here. */
  projectDir: string;
}

/**
 * Inputs as the inventory keeps them: archives in files of their own, since those of the program will
 * change, and assets with the hash of their content.
 *
 * @param inputs in the form in which they travel, with secrets in clear.
 */
export async function keptInputs(
  inputs: Properties,
  options: KeptInputsOptions,
): Promise<Properties> {
  const { values } = fromStruct(structOf(inputs));
  const entries = Object.entries(inputs).map(
    async ([name, value]) => [name, (await keptFile(values[name], options)) ?? value] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function keptFile(
  value: unknown,
  { archiveDir, projectDir }: KeptInputsOptions,
): Promise<Properties | undefined> {
  if (value instanceof asset.FileAsset) {
    const path = await value.path;
    const hash = hashOf(await readFile(resolve(projectDir, path)));
    return { [specialSigKey]: specialAssetSig, hash, path };
  }
  if (asset.Archive.isInstance(value)) {
    const zip = await packArchive(value, projectDir);
    const hash = archiveHash(zip, "hex");
    const path = join(archiveDir, `${hash}.zip`);
    if (!existsSync(path)) {
      mkdirSync(archiveDir, { recursive: true, mode: 0o700 });
      writeFileSync(path, zip, { mode: 0o600 });
    }
    return { [specialSigKey]: specialArchiveSig, hash, path };
  }
  return undefined;
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
