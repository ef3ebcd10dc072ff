import { apiChecks } from "./api-checks";
import { type Check, CheckFailed, NotChecked } from "./check";
import { edgeChecks } from "./edge-checks";
import type { Target } from "./target";
import { writeCheck } from "./write-check";

/** What came of a check. */
export interface Outcome {
  name: string;
  result: "ok" | "failed" | "not checked";
  /** What was seen, or why it was not looked at. */
  detail: string;
}

/** The checks that a run makes, one after another. */
export function checksOf({ write }: { write: boolean }): readonly Check[] {
  return [...apiChecks, ...edgeChecks, ...(write ? [writeCheck] : [])];
}

/**
 * Makes all checks, whatever comes of them.
 *
 * @param signal ends it after the check that is being made.
 */
export async function smoke(
  target: Target,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    signal.throwIfAborted();
    outcomes.push(await outcomeOf(check, target, signal));
  }
  return outcomes;
}

async function outcomeOf(
  { name, run }: Check,
  target: Target,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return { name, result: "ok", detail: await run(target, signal) };
  } catch (error) {
    return { name, ...failureOf(error) };
  }
}

function failureOf(error: unknown): Omit<Outcome, "name"> {
  const detail = error instanceof Error ? error.message || error.name : String(error);
  if (error instanceof NotChecked) {
    return { result: "not checked", detail };
  }
  return {
    result: "failed",
    detail: error instanceof CheckFailed ? detail : `no answer: ${detail}`,
  };
}

/** The outcomes as a table, and what they come to. */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  const marks = { ok: "ok", failed: "FAILED", "not checked": "-" } as const;
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const lines = outcomes.map(
    ({ name, result, detail }) => `${marks[result].padEnd(6)}  ${name.padEnd(width)}  ${detail}`,
  );
  const count = (result: Outcome["result"]) =>
    outcomes.filter((outcome) => outcome.result === result).length;
  const sum = [
    `${count("ok")} ok`,
    `${count("failed")} failed`,
    `${count("not checked")} not checked`,
  ];
  return [...lines, "", sum.join(", ")].join("\n");
}

/** Whether nothing failed, and something was looked at. */
export function isPassed(outcomes: readonly Outcome[]): boolean {
  return (
    outcomes.every(({ result }) => result !== "failed") &&
    outcomes.some(({ result }) => result === "ok")
  );
}
