import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FormatConfig } from "oxfmt";

/** How the project formats its files. */
const configFile = join(__dirname, "..", ".oxfmtrc.json");

/**
 * A text as the project formats files like the one that it is for.
 *
 * @param file absolute, or from the working directory on.
 * @throws Error where the text does not parse.
 */
export async function formatted(text: string, file: string): Promise<string> {
  // It takes longer to load than most of what is formatted takes to be made.
  const { format } = await import("oxfmt");
  const config = JSON.parse(await readFile(configFile, "utf8")) as FormatConfig;
  const { code, errors } = await format(file, text, config);
  if (errors.length > 0) {
    throw new Error(`${file}: ${errors.map(({ message }) => message).join(", ")}`);
  }
  return code;
}
