import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";

/** What something takes up, in bytes. */
export interface Sizes {
  bytes: number;
  zipped: number;
}

/**
 * What `CallbackFunction` packs for every function of a program by default: all packages that the program
 * depends on, whatever the function needs of them.
 *
 * @throws Error when the working directory is not the program's.
 */
export async function defaultPackaging(): Promise<Sizes> {
  const sizes: Sizes = { bytes: 0, zipped: 0 };
  for (const [path] of await pulumi.runtime.computeCodePaths({})) {
    addAll(path, sizes);
  }
  return sizes;
}

function addAll(path: string, sizes: Sizes): void {
  const stats = lstatSync(path);
  if (stats.isDirectory()) {
    for (const name of readdirSync(path)) {
      addAll(join(path, name), sizes);
    }
  } else if (stats.isFile()) {
    const { bytes, zipped } = sizesOf(readFileSync(path));
    sizes.bytes += bytes;
    sizes.zipped += zipped;
  }
}

/** Of a file, alone. */
export function sizesOf(contents: Buffer): Sizes {
  return { bytes: contents.length, zipped: deflateRawSync(contents).length };
}
