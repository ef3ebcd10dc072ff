import { z } from "zod";

/** A number in any of the protocols, those that are none or infinite, too. The query protocol has texts. */
export const numeric = z.union([
  z.custom<number>((value) => typeof value === "number"),
  z
    .string()
    .regex(/^([-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|NaN|-?Infinity)$/i)
    .transform(Number),
]);
