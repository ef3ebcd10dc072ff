import { z } from "zod";
import { parseJson } from "../handlers/shared/json";

// Values of a stack's config: they arrive as text, whatever their type in YAML. Each says in its
// description what is accepted.

/** A whole number of these bounds. */
export function integer(lowest: number, highest: number) {
  return z
    .string()
    .regex(/^(0|[1-9]\d*)$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest)
    .describe(`an integer from ${lowest} to ${highest}`);
}

/** `true` or `false`. */
export function flag() {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .describe("true or false");
}

/**
 * A list of texts, which arrives as JSON.
 *
 * @param item one of them.
 * @param accepted what the list may hold, for the reader of a refusal.
 * @param isAccepted whether as a whole it may be such a list.
 */
export function list<Item extends z.ZodType<unknown, string>>(
  item: Item,
  accepted: string,
  isAccepted: (items: readonly z.output<Item>[]) => boolean = () => true,
) {
  return z
    .string()
    .transform((text, context): unknown => {
      const value = parseJson(text);
      if (!Array.isArray(value)) {
        context.addIssue({ code: "custom", message: "no list" });
      }
      return value;
    })
    .pipe(z.array(item).refine(isAccepted))
    .describe(accepted);
}
