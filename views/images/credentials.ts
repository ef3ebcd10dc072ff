import type { Credentials } from "./images-api";

/** A token as the page's API makes it. */
export interface IssuedToken {
  readonly token: string;
  /** Seconds for which it is good. */
  readonly expiresSeconds: number;
}

/** Milliseconds before its end at which a token is no longer used, since requests take time. */
const sparedMs = 60_000;

/** Those of whoever has the stack's API key, which is asked for once, and again when it is refused. */
export function keyCredentials(readKey: () => Promise<string>): Credentials {
  let key: Promise<string> | undefined;
  return async (isRefused) => {
    key = isRefused ? readKey() : (key ?? readKey());
    try {
      return { "x-api-key": await key };
    } catch (error) {
      key = undefined;
      throw error;
    }
  };
}

/**
 * Those of a user, by tokens that are asked for as they are needed.
 *
 * @param now milliseconds since 1970.
 */
export function tokenCredentials(
  issue: () => Promise<IssuedToken>,
  now: () => number,
): Credentials {
  let kept: { readonly token: string; readonly end: number } | undefined;
  return async (isRefused) => {
    if (kept === undefined || kept.end <= now() || isRefused) {
      const { token, expiresSeconds } = await issue();
      kept = { token, end: now() + 1000 * expiresSeconds - sparedMs };
    }
    return { authorization: `Bearer ${kept.token}` };
  };
}
