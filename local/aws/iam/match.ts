/** Any text, `*`. */
export const anyText = -1;
/** Any one character, `?`. */
export const anyCharacter = -2;

/** A pattern: UTF-16 code units, {@link anyText} and {@link anyCharacter}. */
export type Pattern = readonly number[];

/** The code units of `text`, in which nothing is a wildcard. */
export function literal(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/**
 * Whether `pattern` covers the whole of `text`.
 *
 * Instead of a regular expression: going back to the last `*` only keeps the time within pattern
 * length × text length, whatever the pattern.
 */
export function matches(pattern: Pattern, text: string): boolean {
  let at = 0;
  let position = 0;
  let afterStar = -1;
  let retryFrom = 0;
  while (position < text.length) {
    const token = pattern[at];
    if (token === anyText) {
      at += 1;
      afterStar = at;
      retryFrom = position;
    } else if (token === anyCharacter || token === text.charCodeAt(position)) {
      at += 1;
      position += 1;
    } else if (afterStar >= 0) {
      retryFrom += 1;
      position = retryFrom;
      at = afterStar;
    } else {
      return false;
    }
  }
  while (pattern[at] === anyText) {
    at += 1;
  }
  return at === pattern.length;
}

/** Splits `text` into the six components of an ARN; the last keeps its colons. */
export function arnComponents(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
