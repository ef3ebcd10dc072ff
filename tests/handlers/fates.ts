import fc from "fast-check";
import type { Outcome } from "./image-deps";

/** What comes of an attempt's calls, one after the other; of all that follow, nothing goes wrong. */
export const outcomes = fc.array(
  fc.constantFrom<Outcome[]>(
    "done",
    "done",
    "done",
    "refused",
    "answer lost",
    "killed",
    "killed after",
  ),
  { maxLength: 10 },
);

/** Whose turn it is, each time that several may go on. */
export const choices = fc.array(fc.nat(5), { maxLength: 40 });
