/**
 * A text in which nothing acts on a terminal: what clients choose, such as a path or a key, must not forge
 * lines of output.
 */
export function printable(text: string): string {
  return text.replace(
    /\p{C}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}
