import type { CheckedResource } from "./resource";

/** The setting by which a team says which stacks are production. */
export const productionStacks = {
  type: "array" as const,
  items: { type: "string" as const },
  default: ["production", "prod"],
  description: "Names of the stacks that are production; the rule does not hold for others.",
};

/** Whether the resource belongs to one of `stacks`. */
export function isProduction({ stack }: CheckedResource, stacks: readonly string[]): boolean {
  return stacks.includes(stack);
}
