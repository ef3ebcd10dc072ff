import { accessTokenSeconds, signAccessToken } from "../../issuer/access-token";
import { issuerFolder, lastIssuerOf } from "../../issuer/issuer";
import { signingKeysIn } from "../../issuer/signing-keys";
import { userNameProblem } from "../../issuer/user-name";
import { invalid, notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import type { IssuedToken } from "./types";

/**
 * Tokens of the local issuer, as `npm run token` prints them, for views that speak with the stack as one
 * of its users.
 *
 * @param dataDir the run's.
 */
export function tokenRoutes(dataDir: string): ApiRoute[] {
  return [
    {
      method: "POST",
      path: "/api/token",
      answer: async ({ body: { user, admin = false } }): Promise<IssuedToken> => {
        if (typeof user !== "string" || typeof admin !== "boolean") {
          throw invalid("user is a text, and admin true or false.");
        }
        const problem = userNameProblem(user);
        if (problem !== undefined) {
          throw invalid(problem);
        }
        return { token: await tokenOf(dataDir, user, admin), expiresSeconds: accessTokenSeconds };
      },
    },
  ];
}

async function tokenOf(dataDir: string, user: string, isAdmin: boolean): Promise<string> {
  const issuer = lastIssuerOf(dataDir);
  if (issuer === undefined) {
    throw notFound("The run has no issuer of its own.");
  }
  const { keys } = await signingKeysIn(issuerFolder(dataDir));
  return await signAccessToken(keys[0], {
    issuer: issuer.url,
    audience: issuer.audience,
    user,
    isAdmin,
  });
}
