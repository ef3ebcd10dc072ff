/** Who the users are, as the stack's config says it; without an issuer they are not known. */
export interface UserArgs {
  /** OpenID Connect issuer whose tokens tell users apart. Default none. */
  oidcIssuer?: string;
  /** Audiences of which a token must have one. */
  oidcAudience?: string[];
  /** Claim of a token that holds the user's id. Default sub. */
  oidcUserClaim?: string;
  /** Claim by which admins are told, or a JSON pointer to it. Default none. */
  oidcAdminClaim?: string;
  /** Value that the claim of an admin is, or has in its list. */
  oidcAdminValue?: string;
  /** Whether, with an issuer, clients may come with an API key instead of a token. Default false. */
  allowApiKeys?: boolean;
  /** Images that a user may have; 0 for any number. Default 0. */
  maxImagesPerUser?: number;
  /** Bytes that the images of a user may have together; 0 for any number. Default 0. */
  maxBytesPerUser?: number;
}
