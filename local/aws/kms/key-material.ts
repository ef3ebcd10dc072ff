import { hkdfSync, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DamagedFileError } from "../damaged-file-error";

const rootKeyBytes = 32;

/**
 * Key material, derived from one root key that a file in the data folder keeps: the same at every
 * start, and readable by its owner only.
 */
export class KeyMaterial {
  readonly #rootKey: Buffer;

  /** @param dataDir folder of the file `root-key`. It must exist. */
  constructor(dataDir: string) {
    this.#rootKey = adoptRootKey(join(dataDir, "root-key"));
  }

  of(keyId: string, length: number): Buffer {
    return Buffer.from(hkdfSync("sha512", this.#rootKey, "", keyId, length));
  }
}

function adoptRootKey(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(rootKeyBytes), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  }
  const rootKey = readFileSync(file);
  if (rootKey.length !== rootKeyBytes) {
    const reason = `it has ${rootKey.length} bytes instead of ${rootKeyBytes}`;
    throw new DamagedFileError(file, reason);
  }
  return rootKey;
}
