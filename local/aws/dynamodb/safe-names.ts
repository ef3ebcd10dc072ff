/** A name that is lost on the way through dynalite, which makes members by assigning them. */
const unsafe = "__proto__";

/** What stands for it there: no text that is meant to be read has this character. */
const safe = `\uffff${unsafe}`;

/** Each text in JSON, and with its colon each name. */
const texts = /"(?:[^"\\]|\\.)*"(?:\s*:)?/g;

/**
 * JSON in which no member is called `__proto__`. In expressions the name stays as it is, so that they find no such
 * attribute.
 */
export function withSafeNames(json: string): string {
  return json.includes(unsafe)
    ? json.replace(texts, (text) =>
        text.startsWith(`"${unsafe}"`) && text.endsWith(":") ? `"${safe}":` : text,
      )
    : json;
}

/** The JSON that `withSafeNames` was given. */
export function withOwnNames(json: string): string {
  return json.replaceAll(`"${safe}":`, `"${unsafe}":`);
}

/** What dynalite has made of JSON that `withSafeNames` has returned, with the names that it came with. */
export function ownNamed<Value>(value: Value): Value {
  const json = JSON.stringify(value);
  return json.includes(safe) ? (JSON.parse(withOwnNames(json)) as Value) : value;
}
