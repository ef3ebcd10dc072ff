import type { SoakOptions } from "./options";

/** What a proof has found. */
export interface ProofReport {
  /** Such as `ingest`. */
  name: string;
  /** What it did and counted, in the order in which it is printed. */
  figures: Readonly<Record<string, number | string>>;
  /** What it disproved, one sentence each; empty when the proof holds. */
  failures: readonly string[];
}

/**
 * Proves something about the product by much use of it.
 *
 * @param progress shows how far it is; may be called as often as it likes.
 * @throws Error when it could not be carried out.
 */
export type Proof = (
  options: SoakOptions,
  progress: (line: string) => void,
) => Promise<ProofReport>;

/** Most failures that are printed: a broken product has the same one a thousand times. */
const maxFailures = 20;

/** The figures as a table, then the failures or that there are none. */
export function formatReport({ name, figures, failures }: ProofReport): string {
  const rows = Object.entries(figures).map(([label, value]) => [label, String(value)] as const);
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  const shown = failures.slice(0, maxFailures).map((failure) => `  FAILED: ${failure}`);
  const hidden = failures.length - shown.length;
  return [
    name,
    ...rows.map(([label, value]) => `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}`),
    ...shown,
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    failures.length === 0 ? `  ${name} holds.` : `  ${name} does not hold.`,
  ].join("\n");
}
