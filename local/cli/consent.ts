import type { Display } from "./display";
import type { Loss } from "./losses";
import { UserError } from "./user-error";

/** Puts a question to the person at the terminal. @returns nothing when it was not answered. */
export type Ask = (question: string, signal: AbortSignal) => Promise<string | undefined>;

export interface ConsentOptions {
  /** How many resources are deleted beside the losses. */
  othersDeleted: number;
  /** Whether all is agreed to. */
  yes: boolean;
  /** Absent where nobody can be asked. */
  ask?: Ask;
  /** Takes the question back. */
  signal: AbortSignal;
}

/**
 * Lists what would be lost, and asks for consent.
 *
 * @throws UserError when it is not given; nothing was changed then.
 */
export async function requireConsent(
  losses: readonly Loss[],
  { othersDeleted, yes, ask, signal }: ConsentOptions,
  display: Display,
): Promise<void> {
  if (losses.length === 0) {
    return;
  }
  display.showSteps("This replaces or deletes what is there:", losses);
  if (othersDeleted > 0) {
    const others = othersDeleted === 1 ? "one more is" : `${othersDeleted} more are`;
    display.printer.decoration(
      `    and ${others} deleted, which hold${othersDeleted === 1 ? "s" : ""} nothing`,
    );
  }
  if (yes) {
    display.printer.decoration("");
    return;
  }
  const resources = losses.length === 1 ? "the resource" : `the ${losses.length} resources`;
  if (!ask) {
    throw new UserError(
      `${resources} above would be replaced or deleted, which nobody can be asked about here: ` +
        "agree to it by --yes; nothing was changed",
    );
  }
  const answer = await ask("\nGo on? (y/N) ", signal);
  if (!/^\s*y(es)?\s*$/i.test(answer ?? "")) {
    throw new UserError("nothing was changed");
  }
}
