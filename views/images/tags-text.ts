/** Tags as a person writes them: one a line, `key: value`. What would be read as another key or value is in quotes. */
export function textOfTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${written(key, /:/)}: ${written(value)}`)
    .join("\n");
}

/** What is wrong with a text of tags, if anything is. */
export function problemOfTags(text: string): string | undefined {
  const keys = linesOf(text).map(([key]) => key);
  const double = keys.find((key, index) => keys.indexOf(key) !== index);
  return double === undefined
    ? undefined
    : `There are two tags ${double}: an image has one of a key.`;
}

/** The tags of a text; a line without a colon is a key with an empty value, and an empty one nothing. */
export function tagsOfText(text: string): Record<string, string> {
  return Object.fromEntries(linesOf(text));
}

function linesOf(text: string): [key: string, value: string][] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const key =
      /^\s*"(?:[^"\\]|\\.)*"(?=\s*(?::|$))/.exec(line)?.[0] ?? /^[^:]*/.exec(line)?.[0] ?? "";
    const value = line.slice(key.length).replace(/^\s*:/, "");
    return [read(key.trim()), read(value.trim())];
  });
}

/** @param taken what ends it unless it is in quotes. */
function written(text: string, taken?: RegExp): string {
  const isPlain = text === text.trim() && !taken?.test(text) && read(text) === text;
  return isPlain ? text : JSON.stringify(text);
}

/** What is meant by a text that may be in quotes. */
function read(text: string): string {
  try {
    return /^".*"$/.test(text) ? String(JSON.parse(text)) : text;
  } catch {
    // A text that merely has some at its ends.
    return text;
  }
}
