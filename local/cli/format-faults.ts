import type { FaultCounts, FaultRule } from "../faults/faults";

/** The rules as `--faults` takes them. */
export function formatRules(rules: readonly FaultRule[]): string {
  return rules
    .map(({ service, operation = "*", kind, probability }) => {
      return `${service}:${operation}=${kind}:${probability}`;
    })
    .join(",");
}

/** Such as `lambda:Invoke 1 crash; s3:PutObject 12 error, 3 drop`. */
export function formatCounts(counts: Readonly<Record<string, FaultCounts>>): string {
  const targets = Object.entries(counts).map(([target, kinds]) => {
    const numbers = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
    return `${target} ${numbers.join(", ")}`;
  });
  return targets.sort().join("; ") || "none";
}
