import { secretPatterns } from "../data/secret-patterns";

/** Ends of names, in words joined by `_`, of variables that hold passwords: whatever the value. */
const passwordName = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD)$/;

/**
 * Ends of names of variables that hold a secret, or else say which one: `DB_SECRET` may well be the
 * name of a secret. A suffix such as `_ARN` or `_ID` says that they do neither.
 */
const secretName =
  /(^|_)(SECRET|SECRETS|SECRET_?KEY|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|MASTER_?KEY|SECRET_KEY_BASE|CREDENTIALS?|CREDS)$/;

/** Ends of names of variables that hold what is nowhere else, so that a text is the secret itself. */
const ownSecretName =
  /(^|_)(JWT|SESSION|COOKIE|CLIENT|CONSUMER|SIGNING|HMAC|WEBHOOK|SHARED|OAUTH2?)_SECRET$/;

/** Which of several; `DB_PASSWORD_2` is a password all the same. */
const variantSuffix = /_(\d+|PROD|PRODUCTION|STAGING|DEV|TEST|OLD|NEW|PRIMARY|SECONDARY)$/;

/** Values that say where something is, not what it is: ARNs, URLs, references, expressions and paths. */
const location =
  /^arn:|^\$\{[^}]*\}$|^\{%.*%\}$|^<[\w.$]+>$|^[a-z][a-z0-9+.-]*:\/\/|^\{\{resolve:|^\/[\w./-]*$|^[a-z0-9_-]+(\/[a-z0-9_.-]+)+$/i;

/** Words joined as in names of resources, such as `orders-db-credentials` or `prod.orders.db2`. */
const resourceName = /^[a-z]+\d{0,2}([-_.][a-z]+\d{0,2})+$/i;

/** Numbers and flags tell how long a token lasts or whether a password is needed. */
const flag = /^(\d+|true|false|yes|no|on|off|null|none|enabled|disabled|required)$/i;

/** A password may consist of digits; this many are no count of something. */
const numericPassword = /^\d{4,}$/;

/** Bits per character above which a long text is random: sentences and names have about 4. */
const randomEntropyBits = 4.3;

/** Whether an environment variable holds a secret, by its name or by the look of its value. */
export function looksSecret(name: string, value: string): boolean {
  return holdsSecret(value) || namesSecret(wordsOf(name), value) || looksRandom(value);
}

/** Whether a text has a secret in it, by the look of it: the forms that well-known issuers use. */
export function holdsSecret(text: string): boolean {
  return secretPatterns.some((pattern) => pattern.test(text));
}

function namesSecret(name: string, value: string): boolean {
  if (value === "" || location.test(value)) {
    return false;
  }
  if (passwordName.test(name)) {
    return numericPassword.test(value) || !flag.test(value);
  }
  return (
    secretName.test(name) &&
    !flag.test(value) &&
    (ownSecretName.test(name) || !resourceName.test(value))
  );
}

/** The words of a name, such as `DB_PASSWORD` of `dbPassword`, `db-password` and `DB_PASSWORD_1`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase()
    .replace(variantSuffix, "");
}

function looksRandom(value: string): boolean {
  return (
    !location.test(value) &&
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
