/** Tags as a person writes them: one a line, `key: value`. */
export function textOfTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n");
}

/** The tags of a text; a line without a colon is a key with an empty value, and an empty one nothing. */
export function tagsOfText(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const end = line.includes(":") ? line.indexOf(":") : line.length;
      return [line.slice(0, end).trim(), line.slice(end + 1).trim()];
    }),
  );
}
