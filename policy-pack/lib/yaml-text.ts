import type * as Yaml from "yaml";

/**
 * What a document says in YAML, with all scalars as texts; `undefined` if it is none, or but one scalar,
 * as any text is.
 */
export function parseYaml(text: string): object | undefined {
  // Few programs have any, and it takes its time to load.
  // oxlint-disable-next-line typescript/no-require-imports
  const { parse, YAMLParseError } = require("yaml") as typeof Yaml;
  try {
    const content: unknown = parse(text, { schema: "failsafe", logLevel: "error" });
    return typeof content === "object" && content !== null ? content : undefined;
  } catch (error) {
    // The latter of aliases: of what there is not, or too many.
    if (error instanceof YAMLParseError || error instanceof ReferenceError) {
      return undefined;
    }
    throw error;
  }
}
