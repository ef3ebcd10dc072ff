import { InvalidArgumentError } from "commander";

/** Reads a number of an option, from 1 to 1000. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 1000) {
    throw new InvalidArgumentError("It must be an integer from 1 to 1000.");
  }
  return Number(text);
}
