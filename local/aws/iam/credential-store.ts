import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../files";
import { base32 } from "./identifiers";
import type { Credentials, Principal } from "./types";

/** A key pair that the account has issued. */
export interface IssuedKey {
  secretAccessKey: string;
  /** Only for the credentials of a session, which are void without it. */
  sessionToken?: string;
  /** When the session ends. A key without it never does. */
  expiration?: Date;
  principal: Principal;
}

/** Looks up keys that were issued. */
export interface KeyLookup {
  find(accessKeyId: string): IssuedKey | undefined;
}

const keyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** The keys of the account: the administrator's, kept on disk, and the sessions', kept in memory. */
export class CredentialStore implements KeyLookup {
  readonly #keys = new Map<string, IssuedKey>();
  readonly administrator: Credentials;

  /**
   * @param dataDir folder of `administrator.json`, which only its owner can read.
   * @param root whom the administrator's key stands for.
   */
  constructor(dataDir: string, root: Principal) {
    this.administrator = adoptKeyPair(dataDir);
    const { accessKeyId, secretAccessKey } = this.administrator;
    this.#keys.set(accessKeyId, { secretAccessKey, principal: root });
  }

  find(accessKeyId: string): IssuedKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** Issues credentials for a session, and forgets those of the sessions that ended before `now`. */
  issue(principal: Principal, now: Date, expiration: Date): Credentials {
    for (const [accessKeyId, key] of this.#keys) {
      if (key.expiration && key.expiration < now) {
        this.#keys.delete(accessKeyId);
      }
    }
    const key = {
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(96).toString("base64"),
      expiration,
    };
    const accessKeyId = newKeyId("ASIA");
    this.#keys.set(accessKeyId, { ...key, principal });
    return { accessKeyId, ...key };
  }
}

function newKeyId(prefix: string): string {
  return prefix + base32(randomBytes(10)).slice(0, 16);
}

function adoptKeyPair(dataDir: string): Credentials {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "administrator.json");
  const fresh = {
    accessKeyId: newKeyId("AKIA"),
    secretAccessKey: randomBytes(30).toString("base64"),
  };
  try {
    writeFileSync(file, JSON.stringify(fresh), { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
    return keyPair.parse(readJson(file));
  }
}
