import { InvalidPattern } from "./invalid-pattern";

/**
 * The operand of an operator that takes texts alone.
 *
 * @throws InvalidPattern
 */
export function textOf(name: string, operand: unknown): string {
  if (typeof operand !== "string") {
    throw new InvalidPattern(`${name} match pattern must be a string`);
  }
  return operand;
}
