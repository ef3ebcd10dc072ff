import { type AccessToken, signAccessToken } from "../../local/issuer/access-token";
import { issuerFolder, lastIssuerOf } from "../../local/issuer/issuer";
import { signingKeysIn } from "../../local/issuer/signing-keys";

/** What a token is to say in another way than `npm run token -- --user <name>` says it. */
export interface TokenOptions extends Partial<Pick<AccessToken, "audience" | "issuer" | "claims">> {
  /** Whether the user is an admin. `@default` false */
  admin?: boolean;
  /** Seconds from now; a token of less than none has expired already. `@default` 3600 */
  expires?: number;
}

/** Makes a token of a user. */
export type TokenOf = (user: string, options?: TokenOptions) => Promise<string>;

/** Makes tokens of the issuer of the local run with this data folder, whatever process that is in. */
export function localTokens(dataDir: string): TokenOf {
  return async (user, { admin, expires, ...others } = {}) => {
    const issuer = lastIssuerOf(dataDir);
    if (issuer === undefined) {
      throw new Error(`There was no run in ${dataDir}.`);
    }
    const { keys } = await signingKeysIn(issuerFolder(dataDir));
    return signAccessToken(keys[0], {
      issuer: issuer.url,
      audience: issuer.audience,
      user,
      isAdmin: admin,
      expiresSeconds: expires,
      ...others,
    });
  };
}
