import { randomBytes } from "node:crypto";

import { type JWTPayload, SignJWT, importJWK } from "jose";

import type { SigningKey } from "./signing-keys";

/** Seconds for which an access token is valid unless something else is asked for. */
export const accessTokenSeconds = 3600;

/** The one scope that there is: who has it may do what the user may. */
export const accessTokenScope = "openid";

/** What an access token is to say. */
export interface AccessToken {
  /** `iss`. */
  issuer: string;
  /** `aud`. */
  audience: string;
  /** `sub`. */
  user: string;
  /** Whether the user has the role `admin`. `@default` false */
  isAdmin?: boolean;
  /** Seconds from now; a token of less than none has expired already. `@default` 3600 */
  expiresSeconds?: number;
  /** Claims that go before all others; one that is undefined is left out. `@default` {} */
  claims?: JWTPayload;
}

/** The claim that tells a user's role: `admin`, or none. */
export function roleClaim(isAdmin: boolean): { role?: "admin" } {
  return isAdmin ? { role: "admin" } : {};
}

/** An access token that is the same as the issuer hands out at the end of a sign-in. */
export async function signAccessToken(key: SigningKey, token: AccessToken): Promise<string> {
  const { issuer, audience, user, isAdmin = false, claims = {} } = token;
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    ...roleClaim(isAdmin),
    jti: randomBytes(32).toString("base64url"),
    sub: user,
    iat: now,
    exp: now + (token.expiresSeconds ?? accessTokenSeconds),
    scope: accessTokenScope,
    client_id: "local",
    iss: issuer,
    aud: audience,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, typ: "at+jwt", kid: key.kid })
    .sign(await importJWK(key));
}
