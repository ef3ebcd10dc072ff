import * as z from "zod/mini";
import { setting } from "../../aws/settings";
import { parseJson } from "../../http/json";
import { checkIssuer } from "./discovery";

/** Which tokens are accepted, and what is read from them. */
export interface TokenSettings {
  /** Exactly as tokens and the discovery document name it: a slash at the end makes it another. */
  issuer: string;
  /** A token has to be for one of these. */
  audience: readonly string[];
  /** The claim that holds the user's id; how it is named, `claimAt` says. */
  userClaim: string;
  /** What makes a user an admin. `@default` nothing does */
  admin?: { claim: string; value: string };
}

const Audience = z.array(z.string().check(z.minLength(1))).check(z.minLength(1));

/**
 * As the environment says: `OIDC_ISSUER`, `OIDC_AUDIENCE` (a JSON list), `OIDC_USER_CLAIM`, and
 * `OIDC_ADMIN_CLAIM` with `OIDC_ADMIN_VALUE`, without which there are no admins.
 *
 * @throws Error when one is missing or wrong.
 */
export function readTokenSettings(settings: NodeJS.ProcessEnv): TokenSettings {
  const issuer = setting(settings, "OIDC_ISSUER");
  checkIssuer(issuer);
  const audience = Audience.safeParse(parseJson(setting(settings, "OIDC_AUDIENCE"))).data;
  if (!audience) {
    throw new Error("The environment variable OIDC_AUDIENCE is not a JSON list of texts.");
  }
  const { OIDC_ADMIN_CLAIM: claim, OIDC_ADMIN_VALUE: value } = settings;
  return {
    issuer,
    audience,
    userClaim: setting(settings, "OIDC_USER_CLAIM"),
    ...(claim && value && { admin: { claim, value } }),
  };
}
