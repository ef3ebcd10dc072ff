import { z } from "zod";
import { parseJson } from "../../handlers/http/json";

// Values of a stack's config: they arrive as text, whatever their type in YAML. Each says in its
// description what is accepted.

/**
 * A whole number of these bounds.
 *
 * @param further what else is to be known of it. `@default` nothing
 */
export function integer(lowest: number, highest: number, further = "") {
  return z
    .string()
    .regex(/^(0|[1-9]\d*)$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest)
    .describe(accepted(`an integer from ${lowest} to ${highest}`, further));
}

/**
 * `true` or `false`.
 *
 * @param further what else is to be known of it. `@default` nothing
 */
export function flag(further = "") {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .describe(accepted("true or false", further));
}

/**
 * A list of texts, which arrives as JSON.
 *
 * @param item one of them.
 * @param description what the list may hold, for the reader of a refusal.
 * @param isAccepted whether as a whole it may be such a list.
 */
export function list<Item extends z.ZodType<unknown, string>>(
  item: Item,
  description: string,
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
    .describe(description);
}

/** Names of keys that are to be there at the same time while one replaces another. */
export function keyNames() {
  return list(
    z.string().regex(/^[a-z0-9]{1,16}$/),
    "a list of 1 to 5 different names of 1 to 16 lowercase letters and digits",
    (names) => names.length > 0 && names.length <= 5 && areDifferent(names),
  );
}

/** Whether none of the texts is there twice. */
export function areDifferent(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function accepted(values: string, further: string): string {
  return further === "" ? values : `${values}, ${further}`;
}
