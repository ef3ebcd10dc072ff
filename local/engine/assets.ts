import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { status } from "@grpc/grpc-js";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { messageOf } from "../message-of";
import type { Properties } from "../provider/resource";
import { RpcError } from "./rpc";

/**
 * Larger files are read in parts of so many bytes: by default they are so small that each costs more than
 * to hash it.
 */
const readBytes = 1024 * 1024;

const archiveFile = /\.(zip|jar|tar|tgz|tar\.gz)$/;

/**
 * The properties as the engine keeps them: an asset has the hash of its content.
 *
 * @param dir the folder that relative paths start in.
 * @throws Error when what an asset or archive stands for is not there, in the engine's words.
 */
export async function withHashedAssets(properties: Properties, dir: string): Promise<Properties> {
  return (await hashed(properties, dir, "")) as Properties;
}

/**
 * Properties of a request as {@link withHashedAssets} gives them.
 *
 * @throws RpcError where it throws.
 */
export async function receivedProperties(properties: Properties, dir: string): Promise<Properties> {
  return await withHashedAssets(properties, dir).catch((error: unknown) => {
    throw new RpcError(status.UNKNOWN, `unmarshal properties: ${messageOf(error)}`);
  });
}

async function hashed(value: unknown, dir: string, path: string): Promise<unknown> {
  if (Array.isArray(value)) {
    return await Promise.all(value.map((item, i) => hashed(item, dir, `${path}[${i}]`)));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const properties = value as Properties;
  switch (properties[specialSigKey]) {
    case specialAssetSig:
      return await explained(asset(properties, dir), `failed to compute asset hash at ${path}`);
    case specialArchiveSig:
      return await archive(properties, dir, path);
    default:
      return await mapped(properties, (item, key) => {
        const separator = path === "" ? "" : ".";
        return hashed(item, dir, key === specialSigKey ? path : path + separator + key);
      });
  }
}

async function mapped(
  properties: Properties,
  map: (value: unknown, key: string) => Promise<unknown>,
): Promise<Properties> {
  const entries = Object.entries(properties).map(async ([key, value]) => [
    key,
    await map(value, key),
  ]);
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

async function asset(properties: Properties, dir: string): Promise<Properties> {
  const kept = without(properties, "__pulumiAsset");
  const hash = createHash("sha256");
  if (typeof kept.path === "string") {
    const file = resolve(dir, kept.path);
    const found = await stat(file).catch((error: unknown) => {
      throw new Error(`failed to open asset file '${file}': open ${reasonOf(file, error)}`);
    });
    if (found.isDirectory()) {
      throw new Error(`asset path '${file}' is a directory; try using an archive`);
    }
    if (found.size > readBytes) {
      await pipeline(createReadStream(file, { highWaterMark: readBytes }), hash);
    } else {
      hash.update(await readFile(file));
    }
  } else if (typeof kept.text === "string") {
    hash.update(kept.text);
  } else {
    // What is elsewhere is not fetched, so that a run needs no network.
    return kept;
  }
  return { ...kept, hash: hash.digest("hex") };
}

/** An archive's hash is that of a tar of it, which only Pulumi's own way of writing gives: left out. */
async function archive(properties: Properties, dir: string, path: string): Promise<Properties> {
  const kept = without(properties, "__pulumiArchive");
  if (typeof kept.path === "string") {
    await explained(
      requireArchive(resolve(dir, kept.path)),
      `failed to compute archive hash at ${path}`,
    );
  }
  if (typeof kept.assets === "object" && kept.assets !== null) {
    return { ...kept, assets: await hashed(kept.assets, dir, path) };
  }
  return kept;
}

async function requireArchive(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw new Error(`open ${reasonOf(file, error)}`);
  });
  if (!found.isDirectory() && !archiveFile.test(file)) {
    throw new Error(`'${file}' is neither a recognized archive type nor a directory`);
  }
}

/** The SDK marks its own classes so, too; the engine does not keep that. */
function without(properties: Properties, mark: string): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== mark));
}

async function explained<T>(work: Promise<T>, context: string): Promise<T> {
  return await work.catch((error: unknown) => {
    throw new Error(`${context}: ${(error as Error).message}`, { cause: error });
  });
}

function reasonOf(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? `${file}: no such file or directory` : message;
}
