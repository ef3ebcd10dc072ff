import type { Principal } from "./types";

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
