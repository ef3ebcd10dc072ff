import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { maxClockSkewSeconds } from "../clock-skew";
import { claimProblem } from "./claim-rules";
import { algorithms, headerProblem } from "./header-rules";
import { Refusal } from "./refusal";
import type { TokenSettings } from "./token-settings";
import { tokenUser, type TokenUser } from "./token-user";

/** Whom a token names that has been verified. */
export interface VerifiedUser extends TokenUser {
  /** When the token ends, in whole seconds since 1970. */
  expiresAt: number;
}

/** What verifying tokens needs. */
export interface VerifyTokenDeps {
  settings: TokenSettings;
  findKey: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  clock: () => number;
}

const wrongSignature = "its signature is wrong";

const reasons: Readonly<Record<string, string>> = {
  [errors.JWSSignatureVerificationFailed.code]: wrongSignature,
  [errors.JWKSNoMatchingKey.code]: "its key is unknown",
  [errors.JWKSMultipleMatchingKeys.code]: "it could be signed by several keys",
};

/**
 * Whom an access token names, if it can be believed.
 *
 * What is wrong whoever has signed it is found first: that asks the issuer for nothing, and tells its
 * sender more than an unknown key would. The last word is the library's, which looks at the signature.
 *
 * @throws Refusal for a token that is not accepted.
 * @throws IssuerUnavailableError when nobody can say whether it is.
 * @throws Error when the issuer's key is broken or too weak, of which its keeper has to know.
 */
export async function verifyToken(token: string, deps: VerifyTokenDeps): Promise<VerifiedUser> {
  const { settings, findKey, clock } = deps;
  const { header, claims } = decode(token);
  const now = new Date(clock());
  refuse(headerProblem(header));
  refuse(claimProblem(claims, settings, now.getTime() / 1000));
  try {
    const { payload, key } = await jwtVerify<{ exp: number }>(token, findKey, {
      algorithms: [...algorithms],
      issuer: settings.issuer,
      requiredClaims: ["exp"],
      clockTolerance: maxClockSkewSeconds,
      currentDate: now,
    });
    refuse(isWhole(token, key) ? undefined : wrongSignature);
    return { ...tokenUser(payload, settings), expiresAt: Math.floor(payload.exp) };
  } catch (error) {
    // Errors of the library hold claims: none may get into a log.
    throw error instanceof errors.JOSEError ? refusalOf(error) : error;
  }
}

/**
 * Whether a signature of RSA is as long as the key's modulus, as it has to be: the library also takes one whose
 * leading zeros are left out. https://www.rfc-editor.org/rfc/rfc8017#section-8.1.2
 */
function isWhole(token: string, key: object): boolean {
  const { algorithm } = key as { algorithm?: { modulusLength?: number } };
  const signature = Buffer.from(token.split(".")[2] ?? "", "base64url");
  const bits = algorithm?.modulusLength;
  return bits === undefined || signature.length === Math.ceil(bits / 8);
}

function refusalOf({ code }: errors.JOSEError): Refusal {
  return new Refusal(reasons[code] ?? "it cannot be verified");
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) {
    throw new Refusal(reason);
  }
}

/**
 * Whether these are three parts in base64url. The library's decoder also takes padding, spaces and
 * bits that stand for nothing, so that one signature could be spelled in many ways.
 */
function isSpelledRight(token: string): boolean {
  const parts = token.split(".");
  return parts.length === 3 && parts.every((it) => it !== "" && it === respelled(it));
}

function respelled(part: string): string {
  return Buffer.from(part, "base64url").toString("base64url");
}

/** What a token says, whether or not it is true. */
function decode(token: string) {
  try {
    if (isSpelledRight(token)) {
      return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
    }
  } catch (error) {
    if (!(error instanceof errors.JWTInvalid || error instanceof TypeError)) {
      throw error;
    }
  }
  throw new Refusal("it is not a signed JSON Web Token");
}
