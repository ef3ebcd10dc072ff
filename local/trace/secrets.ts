/** Shorter secrets show nothing of themselves. */
const minShownLength = 12;

/** Names of headers, parameters and members whose values let somebody in. */
const secretName =
  /^(?:auth|jwt|passphrase|pwd|sig|key-pair-id)$|authorization|cookie|assertion|credential|passw(?:or)?d|secret|signature|token|(?:api|access|private|license)[-_]?key|session[-_]?id/i;

/** Parameters that are secret, while members of JSON with these names are not. */
const secretParameterName = /^(?:code|code[_-]?verifier|policy)$/i;

/** Of these names, others than those of {@link secretName} are no secrets: nor is where the next page of a list begins. */
const harmlessName =
  /^(?:.*tokens|.*token[-_]?(?:type|count|endpoint|expiry|ttl|use)|www-authenticate|(?:next[-_]?)?(?:backward|continuation|forward|list|next|page|pagination)[-_]?token)$/i;

/**
 * What is a secret wherever it stands: JSON Web Tokens, other JSON in base64 as policies of forms are,
 * if it is long, key ids of AWS, and what bears a token. All patterns are bounded, or else a text could
 * be made that takes minutes.
 */
const secretText =
  /\beyJ[\w-]{8,4096}\.[\w-]{0,4096}\.[\w-]{0,4096}|\beyJ[\w+/]{200,}={0,2}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|(?<=\b(?:Bearer|Basic) )[\w.~+/=-]{8,}/g;

/** `name=value` in a query, a form or a cookie. */
const parameter = /(?<=^|[?&;\s"'`<])([\w.%~[\]-]{1,80})=([^&;\s"'`<>\\]+)/g;

/** `"name": "value"` in JSON; in JSON that is a text in JSON; and in what is one deeper than that. */
const members = [
  /("([^"\\]{1,80})"\s{0,20}:\s{0,20}")((?:[^"\\]|\\.)+)/g,
  /(\\"([^"\\]{1,80})\\"\s{0,20}:\s{0,20}\\")((?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))+)/g,
  /(\\{3}"([^"\\]{1,80})\\{3}"\s{0,20}:\s{0,20}\\{3}")([^"\\]+)/g,
];

/** `"name": ["value", …]` in JSON, and in JSON that is a text in JSON; and the values in such a list. */
const lists = [
  {
    list: /("([^"\\]{1,80})"\s{0,20}:\s{0,20}\[)([^\][{}]{1,8192})(?=\])/g,
    item: /(")((?:[^"\\]|\\.)+)"/g,
  },
  {
    list: /(\\"([^"\\]{1,80})\\"\s{0,20}:\s{0,20}\[)([^\][{}]{1,8192})(?=\])/g,
    item: /(\\")((?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))+)\\"/g,
  },
];

/** `<name>value<` in XML. */
const element = /(<([\w:.-]{1,80})(?:\s[^<>]{0,200})?>)([^<>]+)(?=<\/)/g;

/** What each of the other patterns needs: most paths and values have none of it. */
const mayHaveSecrets = /[="<]|eyJ|A[KS]IA|B(?:earer|asic) /;

/** A field of a form in parts. */
const part =
  /(\bname="?([^"\r\n;]{1,80})"?[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,5}\r?\n)([^\r\n]+)/g;

/** As much of a secret as it takes to tell it from others: its first four characters. */
export function masked(secret: string): string {
  return secret.length < minShownLength ? "…" : `${secret.slice(0, 4)}…`;
}

/** Whether a member of JSON, a header or a field that has this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessName.test(name);
}

/** Whether a parameter of a query or a form that has this name is a secret. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || secretParameterName.test(name);
}

/** The value of a header, masked if it is a secret. What kind of a secret it is may be seen. */
export function shownHeader(name: string, value: string): string {
  if (!isSecretName(name)) {
    return withoutSecrets(value);
  }
  const [, scheme = "", rest = value] =
    /^((?:Basic|Bearer|Digest|AWS4-[\w-]+) )(.*)$/s.exec(value) ?? [];
  return scheme + masked(rest);
}

/** The value of a parameter of a query, masked if it is a secret. */
export function shownParameter(name: string, value: string): string {
  return isSecretParameter(name) ? masked(value) : withoutSecrets(value);
}

/** A text without the secrets that may be in it: in URLs, JSON, forms and headers. */
export function withoutSecrets(text: string): string {
  if (!mayHaveSecrets.test(text)) {
    return text;
  }
  let shown = text;
  for (const member of members) {
    shown = shown.replace(member, (whole, start: string, name: string, value: string) =>
      isSecretName(name) ? start + shownHeader(name, value) : whole,
    );
  }
  for (const { list, item } of lists) {
    shown = shown.replace(list, (whole, start: string, name: string, values: string) =>
      isSecretName(name)
        ? start +
          values.replace(item, (_, quote: string, value: string) => quote + masked(value) + quote)
        : whole,
    );
  }
  return shown
    .replace(element, (whole, start: string, name: string, value: string) =>
      isSecretName(name) ? start + masked(value) : whole,
    )
    .replace(parameter, (whole, name: string, value: string) =>
      isSecretParameter(decoded(name)) ? `${name}=${masked(value)}` : whole,
    )
    .replace(part, (whole, start: string, name: string, value: string) =>
      isSecretParameter(name) ? start + masked(value) : whole,
    )
    .replace(secretText, masked);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
