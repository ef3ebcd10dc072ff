import { z } from "zod";
import type { Problem } from "../../handlers/http/errors";
import type { GivenConfig } from "./config-problems";
import { flag, integer } from "./config-values";

/** Leaves room for the rest of what an alarm's description says. */
const maxRepositoryUrlLength = 200;

/** Keys of the stack's config that say how people look after it. */
export const operationsShape = {
  dashboard: flag(),
  businessMetrics: flag(),
  logQueries: flag(),
  monthlyBudget: integer(0, 1_000_000),
  budgetScope: z.enum(["account", "stack"]).describe("account, or stack beside a monthlyBudget"),
  repositoryUrl: z
    .string()
    .refine((text) => text === "" || isRepositoryUrl(text))
    .describe(
      "empty, or an https URL such as https://github.com/acme/darkroom, without user, query, fragment, a " +
        `slash or .git at its end, and of at most ${maxRepositoryUrlLength} characters`,
    ),
};

/** What is wrong with values that are each well formed. */
export function operationsProblems(given: GivenConfig): readonly Problem[] {
  return given.budgetScope === "stack" && given.monthlyBudget === "0"
    ? [{ field: "budgetScope", problem: 'is "stack" without a monthlyBudget' }]
    : [];
}

/** Links are made of it: what is wrong with it is found out only by whom an alarm has woken. */
function isRepositoryUrl(text: string): boolean {
  return (
    /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w.~-]+)+$/.test(text) &&
    !text.endsWith(".git") &&
    text.length <= maxRepositoryUrlLength &&
    URL.canParse(text) &&
    // Neither `..` in its path, nor the usual port.
    new URL(text).href === text
  );
}
