/** What was found of one thing that a deployment needs. */
export interface Finding {
  /** What was looked at, in a word or two. */
  what: string;
  /** `open` where it could not be told, or need not be a fault. */
  state: "good" | "missing" | "open";
  /** What was seen. */
  seen: string;
  /** What to do about it; of what is missing, always. */
  wayOut?: string;
}

/** @param seen what was seen. */
export function good(what: string, seen: string): Finding {
  return { what, state: "good", seen };
}

/** @param wayOut what to do about it. */
export function missing(what: string, seen: string, wayOut: string): Finding {
  return { what, state: "missing", seen, wayOut };
}

/** @param wayOut what to do if it is a fault. */
export function open(what: string, seen: string, wayOut?: string): Finding {
  return { what, state: "open", seen, ...(wayOut !== undefined && { wayOut }) };
}

const marks = { good: "✓", missing: "✗", open: "–" };

/** The findings as lines of text, each way out under what it is for. */
export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .flatMap(({ what, state, seen, wayOut }) => [
      `${marks[state]} ${what.padEnd(width)}  ${seen}`,
      ...(wayOut === undefined ? [] : [`  ${" ".repeat(width)}  → ${wayOut}`]),
    ])
    .join("\n");
}
