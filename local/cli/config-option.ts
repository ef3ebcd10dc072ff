import { InvalidArgumentError } from "commander";

/** Options of which some may be left out. Help shows a default that is empty, too, where one is given. */
export type WithOptional<Options, Name extends keyof Options> = Omit<Options, Name> &
  Partial<Pick<Options, Name>>;

/** Adds `key=value` to what was given before. */
export function addConfig(
  text: string,
  config: Record<string, string> = {},
): Record<string, string> {
  const separator = text.indexOf("=");
  if (separator < 1) {
    throw new InvalidArgumentError("It must have the form key=value.");
  }
  return { ...config, [text.slice(0, separator)]: text.slice(separator + 1) };
}
