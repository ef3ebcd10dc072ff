/** Names of variables that hold secrets; a suffix such as `_ARN` or `_ID` says that they do not. */
const secretName =
  /(^|_)(SECRET|SECRET_?KEY|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

const secretPatterns = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(gh[pousr]_\w{36,}|github_pat_\w{22,}|xox[abeprs]-[\w-]{10,}|[sr]k_live_\w{16,})/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i,
];

/** Values that say where something is, not what it is: ARNs, URLs, references and paths. */
const location = /^arn:|^[a-z][a-z0-9+.-]*:\/\/|^\{\{resolve:|^\/?[a-z0-9_-]+(\/[a-z0-9_.-]+)+$/;

/** Bits per character above which a long text is random: sentences and names have about 4. */
const randomEntropyBits = 4.3;

/** Whether an environment variable holds a secret, by its name or by the look of its value. */
export function looksSecret(name: string, value: string): boolean {
  if (secretPatterns.some((pattern) => pattern.test(value))) {
    return true;
  }
  if (value === "" || location.test(value)) {
    return false;
  }
  // Numbers and flags tell how long a token lasts or whether a password is needed.
  return (secretName.test(name) && !/^(\d+|true|false)$/i.test(value)) || looksRandom(value);
}

function looksRandom(value: string): boolean {
  return (
    /^[\w+/=-]{32,}$/.test(value) &&
    [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(value)) &&
    entropyBits(value) >= randomEntropyBits
  );
}

/** https://en.wikipedia.org/wiki/Entropy_(information_theory) */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
