import type { JWTPayload } from "jose";
import { maxClockSkewSeconds } from "../clock-skew";
import type { TokenSettings } from "./token-settings";

/** A rule for the claims of a token. */
interface ClaimRule {
  /** Why a token that breaks it is refused. */
  reason: string;
  /** @param now seconds since 1970. */
  holds: (claims: Claims, settings: TokenSettings, now: number) => boolean;
}

/** Claims before anybody has looked at them: each may hold anything. */
export type Claims = Readonly<Partial<Record<keyof JWTPayload, unknown>>>;

/** Seconds since 1970 until the year 10000: what is written in milliseconds would be far beyond. */
const maxTime = 253_402_300_799;

/**
 * Claims that other sorts of tokens have, and access tokens do not: ID tokens vouch for others
 * (https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken), and events, logouts among
 * them, tell of something (https://www.rfc-editor.org/rfc/rfc8417#section-2.2). `nonce` is not among
 * them: Keycloak had it in access tokens, too.
 */
const foreignClaims = ["at_hash", "c_hash", "s_hash", "events"] as const;

/** What Keycloak calls its other tokens in a claim, in lower case. */
const foreignTypes: readonly string[] = ["id", "refresh", "offline", "logout"];

const claimRules: readonly ClaimRule[] = [
  {
    reason: "it is of another issuer",
    holds: ({ iss }, { issuer }) => iss === issuer,
  },
  {
    reason: "it is not an access token",
    holds: (claims) =>
      (claims.token_use === undefined || claims.token_use === "access") &&
      !(typeof claims.typ === "string" && foreignTypes.includes(claims.typ.toLowerCase())) &&
      !foreignClaims.some((name) => Object.hasOwn(claims, name)),
  },
  {
    reason: "it is for another audience",
    holds: (claims, { audience }) => audience.some((name) => audienceOf(claims).includes(name)),
  },
  {
    // Whoever presents it would have to prove that it is theirs, which nobody here asks for.
    reason: "it is bound to a key of its holder, which this API does not check",
    holds: ({ cnf }) => cnf === undefined,
  },
  {
    // Optional to JSON Web Tokens, and to the library.
    reason: "it does not say when it expires",
    holds: ({ exp }) => exp !== undefined,
  },
  {
    reason: "its times are not seconds since 1970",
    holds: ({ exp, nbf, iat }) =>
      [exp, nbf, iat].every((time) => time === undefined || isTime(time)),
  },
  {
    reason: "it has expired",
    holds: ({ exp }, _settings, now) => Number(exp) + maxClockSkewSeconds > now,
  },
  {
    reason: "it is not valid yet",
    holds: ({ nbf = 0 }, _settings, now) => Number(nbf) <= now + maxClockSkewSeconds,
  },
  {
    // A token from the future is of a clock that cannot be relied upon for its end either.
    reason: "it is issued in the future",
    holds: ({ iat = 0 }, _settings, now) => Number(iat) <= now + maxClockSkewSeconds,
  },
];

function isTime(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= maxTime;
}

/**
 * Whom a token is for. Access tokens of Amazon Cognito name an audience only where the client has asked
 * for one (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html).
 * Without, the client that they were issued to stands for it, as it does to HTTP APIs
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html).
 */
function audienceOf(claims: Claims): unknown[] {
  const isOfCognito = claims.token_use === "access" && !Object.hasOwn(claims, "aud");
  return [isOfCognito ? claims.client_id : claims.aud].flat();
}

/**
 * Why a token with such claims is refused, if it is.
 *
 * @param now seconds since 1970.
 */
export function claimProblem(
  claims: Claims,
  settings: TokenSettings,
  now: number,
): string | undefined {
  return claimRules.find(({ holds }) => !holds(claims, settings, now))?.reason;
}
