/** Tags as a person writes them: one a line, `key: value`. */
export function textOfTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}: ${value}`)
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
    const end = line.includes(":") ? line.indexOf(":") : line.length;
    return [line.slice(0, end).trim(), line.slice(end + 1).trim()];
  });
}
