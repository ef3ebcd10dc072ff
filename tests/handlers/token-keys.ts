import {
  constants,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  type SignKeyObjectInput,
} from "node:crypto";

// Tokens are signed without the library that verifies them.

/** A key pair of an issuer. */
export interface TokenKey {
  kid: string;
  /** The algorithm that its tokens name. */
  alg: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** Generates a key pair for an algorithm. */
export function tokenKey(kid: string, alg = "ES256"): TokenKey {
  return { kid, alg, ...generatePair(alg) };
}

const curves: Record<string, string> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };

function generatePair(alg: string) {
  const namedCurve = curves[alg];
  if (namedCurve !== undefined) {
    return generateKeyPairSync("ec", { namedCurve });
  }
  return alg.startsWith("Ed")
    ? generateKeyPairSync("ed25519")
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
}

/** A public key as a key set has it. */
export function publicJwk({ kid, alg, publicKey }: TokenKey, more: object = {}): JsonWebKey {
  return { ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig", ...more };
}

/** A part of a token, of a value or of JSON text as it is. */
export function part(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text).toString("base64url");
}

/** Signs by `key`, whatever the header says. */
export function signed(
  header: unknown,
  claims: unknown,
  { alg, privateKey }: Pick<TokenKey, "alg" | "privateKey">,
): string {
  const input = `${part(header)}.${part(claims)}`;
  const how: SignKeyObjectInput = { key: privateKey };
  if (alg.startsWith("PS")) {
    how.padding = constants.RSA_PKCS1_PSS_PADDING;
    how.saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  } else if (alg.startsWith("ES")) {
    how.dsaEncoding = "ieee-p1363";
  }
  const hash = alg.startsWith("Ed") ? null : `sha${alg.slice(2)}`;
  return `${input}.${sign(hash, Buffer.from(input), how).toString("base64url")}`;
}
