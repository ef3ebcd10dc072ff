import type { Outcome } from "./client";
import type { Ending, Ledger } from "./ledger";

/** How a request ended; complains of refusals, since these clients ask for nothing wrong. */
export function endingOf(
  outcome: Outcome,
  what: string,
  ledger: Pick<Ledger, "acknowledged" | "complaints">,
): Ending {
  if (outcome.is === "done") {
    ledger.acknowledged += 1;
    return "acknowledged";
  }
  if (outcome.is === "refused" && /^4\d\d /.test(outcome.why)) {
    ledger.complaints.push(`${what} was refused: ${outcome.why}`);
  }
  return outcome.is === "refused" ? "failed" : "unknown";
}
