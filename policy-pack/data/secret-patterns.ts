/** Forms of secrets that can be told by their look, wherever they are in a text. */
export const secretPatterns: readonly RegExp[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----/,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/,
  // JSON Web Tokens.
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  // A user's password in a URL, but not a reference to one, such as ${PASSWORD}.
  /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:(?!\$|<|\{|%s|\*{3})[^/\s@]+@/i,
  // Parameters of connection strings and of URLs.
  /(^|[;?&\s])(password|pwd|accountkey|sharedaccesskey|sharedsecret)\s*=\s*(?!\$|<|\{|\*{3})[^;&\s]{3,}/i,
  /[?&](token|access_token|api_?key|sig|signature|secret|x-amz-signature)=[\w%.~+/-]{12,}/i,
  // Addresses that let whoever knows them post.
  /\bhooks\.slack\.com\/(services|workflows|triggers)\/\S+/i,
  /\bdiscord(app)?\.com\/api\/webhooks\/\d+\/\S+/i,
  /\bwebhook\.office\.com\/webhookb2\/\S+/i,
  /\bhooks\.zapier\.com\/hooks\/catch\/\d+/i,
  // Keys and tokens of well-known issuers.
  /\b(gh[pousr]_\w{36,}|github_pat_\w{22,})/,
  /\b(glpat|gldt|glrt|glptt|glcbt)-[\w-]{20,}/,
  /\bxox[abeprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/,
  /\b([sr]k_(live|test)_\w{16,}|whsec_\w{16,})/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bSK[0-9a-f]{32}\b/,
  /\bkey-[0-9a-f]{32}\b/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bpypi-AgE[\w-]{20,}/,
  /\bAIza[\w-]{35}/,
  /\bya29\.[\w-]{20,}/,
  /\bsk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bdo[opr]_v1_[0-9a-f]{32,}/,
  /\bshp(at|ca|pa|ss)_[0-9a-fA-F]{32}/,
  /\bsq0(atp|csp)-[\w-]{20,}/,
  /\bATATT3[\w=-]{20,}/,
  /\blin_api_\w{30,}/,
  /\bNRAK-[A-Z0-9]{20,}/,
  /\bdapi[0-9a-f]{32}\b/,
  /\bpul-[0-9a-f]{40}\b/,
  /\b\w{14}\.atlasv1\.[\w-]{40,}/,
  /\bhv[sb]\.[\w-]{20,}/,
  /\b\d{8,10}:AA[\w-]{32,}/,
  /\b(Bearer|Basic) [\w+/=.-]{20,}$/,
];
