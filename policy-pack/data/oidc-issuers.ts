/** What tells whose a token is, of tokens that an issuer makes for many owners. */
export interface OidcIssuer {
  /** The issuer, as the ARNs of providers and the keys of conditions have it. */
  issuer: RegExp;
  /** By claim, values that name the owner, up to the first wildcard. Other claims name nobody. */
  owners: Readonly<Record<string, RegExp>>;
}

const anything = /./;

/**
 * Issuers whose tokens anybody may have, for workflows, clients or users of his own; whoever makes a
 * token can choose the audience of those that list no `aud` here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const oidcIssuers: readonly OidcIssuer[] = [
  {
    issuer: /^token\.actions\.githubusercontent\.com/,
    owners: {
      // repo:owner/repository:…, or a format of the owner's own, such as repository_owner:owner:…
      sub: /^(repo:[^:/]+\/|(?!repo:)[\w-]+:[^:]+(:|$))/,
      repository: /^[^/]+\//,
      repository_id: anything,
      repository_owner: anything,
      repository_owner_id: anything,
      job_workflow_ref: /^[^/]+\//,
      enterprise: anything,
      enterprise_id: anything,
    },
  },
  { issuer: /^gitlab\.com/, owners: { sub: /^project_path:[^:/]+\// } },
  { issuer: /^app\.terraform\.io/, owners: { sub: /^organization:[^:]+:/ } },
  { issuer: /^agent\.buildkite\.com/, owners: { sub: /^organization:[^:]+:/ } },
  {
    issuer: /^api\.pulumi\.com/,
    owners: { sub: /^pulumi:[\w-]+:org:[^:]+:/, aud: anything },
  },
  // Without a team in the issuer's path.
  {
    issuer: /^oidc\.vercel\.com$/,
    owners: { sub: /^owner:[^:]+:/, aud: /^https:\/\/vercel\.com\/./ },
  },
  // An account for services gets tokens with whatever oaud it asks for; aud is its own id then.
  { issuer: /^accounts\.google\.com/, owners: { sub: anything, aud: anything } },
  { issuer: /^cognito-identity\.amazonaws\.com/, owners: { sub: anything, aud: anything } },
  { issuer: /^www\.amazon\.com/, owners: { user_id: anything, app_id: anything } },
  { issuer: /^graph\.facebook\.com/, owners: { id: anything, app_id: anything } },
  // The provider is one cluster's. Its service accounts are told apart by namespace and name, and all
  // of them have the same audience.
  {
    issuer: /^(oidc\.eks|oidc-eks)\.|^container\.googleapis\.com\//,
    owners: { sub: /^system:serviceaccount:[^:]+:/ },
  },
];
