import { z } from "zod";

/** A time as each of the protocols has it. */
export const time = z.union([
  z.date(),
  z.number().transform((seconds) => new Date(seconds * 1000)),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
]);
