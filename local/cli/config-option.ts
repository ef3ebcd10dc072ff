import { InvalidArgumentError } from "commander";

/** Adds `key=value` to what was given before. */
export function addConfig(text: string, config: Record<string, string>): Record<string, string> {
  const separator = text.indexOf("=");
  if (separator < 1) {
    throw new InvalidArgumentError("It must have the form key=value.");
  }
  return { ...config, [text.slice(0, separator)]: text.slice(separator + 1) };
}
