import type { ProtectedHeaderParameters } from "jose";

/**
 * Algorithms that tokens may be signed by: with a secret key each. Else, whoever knows the public key
 * could sign by HMAC with that, and `none` would need no key at all.
 * https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export const algorithms: readonly string[] = [
  ...["RS256", "RS384", "RS512"],
  ...["PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
];

/**
 * Types of access tokens. Many issuers call theirs but a JWT, or leave the type out; what calls itself
 * another sort of token, such as `logout+jwt`, is none.
 * https://www.rfc-editor.org/rfc/rfc9068#section-4
 */
const types: readonly string[] = ["jwt", "at+jwt"];

/** A rule for the header of a token. */
interface HeaderRule {
  /** Why a token that breaks it is refused. */
  reason: string;
  holds: (header: ProtectedHeaderParameters) => boolean;
}

const headerRules: readonly HeaderRule[] = [
  {
    reason: "its algorithm is not accepted",
    holds: ({ alg }) => typeof alg === "string" && algorithms.includes(alg),
  },
  {
    reason: "its type is not that of an access token",
    holds: ({ typ }: { typ?: unknown }) =>
      typ === undefined ||
      (typeof typ === "string" && types.includes(typ.toLowerCase().replace(/^application\//, ""))),
  },
  {
    reason: "the name of its key is not a text",
    holds: ({ kid }: { kid?: unknown }) => kid === undefined || typeof kid === "string",
  },
  {
    // There is none that would change nothing. https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11
    reason: "it asks for an extension",
    holds: ({ crit }: { crit?: unknown }) => crit === undefined,
  },
];

/**
 * Why a token with such a header is refused, if it is. Where the header says that keys are (`jku`,
 * `x5u`, `jwk`, `x5c`) does not count: some issuers write it, but only their discovery is believed.
 */
export function headerProblem(header: ProtectedHeaderParameters): string | undefined {
  return headerRules.find(({ holds }) => !holds(header))?.reason;
}
