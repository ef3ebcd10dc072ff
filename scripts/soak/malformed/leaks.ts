import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What log lines were searched for, and what was found. */
export interface LeakSearch {
  lines: number;
  /** One for each line that holds a secret, without the line's text. */
  leaks: string[];
}

/**
 * Searches all logs of a local run for what must not be in them.
 *
 * @param dataDir the run's folder.
 * @param output what the run has printed.
 * @param secrets by what they are called in the result.
 */
export function findLeaks(
  dataDir: string,
  output: string,
  secrets: Readonly<Record<string, readonly string[]>>,
): LeakSearch {
  const texts = [["output", output] as const, ...filesBelow(join(dataDir, "logs"))];
  const search: LeakSearch = { lines: 0, leaks: [] };
  for (const [file, text] of texts) {
    for (const [index, line] of text.split("\n").entries()) {
      search.lines++;
      const found = Object.entries(secrets).filter(([, forms]) =>
        forms.some((form) => line.includes(form)),
      );
      search.leaks.push(...found.map(([name]) => `${name} in ${file}, line ${index + 1}`));
    }
  }
  return search;
}

/** The text itself, and what of it is left in any base64 text around it. */
export function formsOf(text: string): string[] {
  const shifted = [0, 1, 2].map((shift) => {
    const bytes = Buffer.from(" ".repeat(shift) + text);
    // Without the characters at both ends, which stand for bytes outside as well.
    return bytes
      .toString("base64")
      .replaceAll("=", "")
      .slice(shift === 0 ? 0 : 4, -4);
  });
  return [text, ...shifted];
}

function filesBelow(folder: string): (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")] as const);
}
