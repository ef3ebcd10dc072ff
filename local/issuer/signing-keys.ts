import { type JsonWebKey, generateKeyPair } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { calculateJwkThumbprint } from "jose";

import { newFileId, readJson, temporarySuffix, writeJson } from "../aws/files";

/** A private key, as RFC 7517 writes it. */
export interface SigningKey extends JsonWebKey {
  kid: string;
  alg: "RS256";
  use: "sig";
}

/** The first key signs, all are published. */
export interface SigningKeys {
  keys: [SigningKey, ...SigningKey[]];
}

/** Bits; what RFC 7518 asks for at least. */
const modulusLength = 2048;

/**
 * The keys in a folder, which whoever comes first makes: the issuer, or `npm run token`.
 *
 * @throws Error that names the file when it is damaged.
 */
export async function signingKeysIn(dir: string): Promise<SigningKeys> {
  const file = join(dir, "signing-keys.json");
  if (!existsSync(file)) {
    keep(file, { keys: [await newKey()] });
  }
  return readJson(file) as SigningKeys;
}

/** Where two make keys at the same time, both go on with those of the one who was first. */
function keep(file: string, keys: SigningKeys): void {
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  const draft = `${file}.${newFileId()}${temporarySuffix}`;
  writeJson(draft, keys);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  } finally {
    rmSync(draft);
  }
}

async function newKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength });
  const jwk = privateKey.export({ format: "jwk" });
  const { kty, e, n } = jwk;
  return { ...jwk, kid: await calculateJwkThumbprint({ kty, e, n }), alg: "RS256", use: "sig" };
}
