import { relative } from "node:path";
import type { Violation } from "../engine/policy-types";
import { isRefused } from "../engine/run-checked";
import type { Findings } from "../engine/run-checked";
import { nameOf, typeOf } from "../engine/urn";
import type { Printer } from "./printer";

const indent = "        ";

/**
 * Prints what a policy pack found, as Pulumi does; apart from that, what cannot be judged yet.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/display/progress.go `printPolicies`
 */
export function printFindings(findings: Findings, printer: Printer): void {
  const { pack, violations, undecided } = findings;
  const { blue } = printer.colors;
  printer.heading("Policies:");
  const location = relative(process.cwd(), pack.dir) || ".";
  printer.decoration(
    `    ${signOf(findings)} ${blue(`${pack.name}@v${pack.version}`)} (local: ${location})`,
  );
  for (const [policy, count] of remediatedResources(findings)) {
    const noun = count === 1 ? "resource" : "resources";
    printer.decoration(`${indent}- ${blue(`[remediate]  ${policy}`)}  (${count} ${noun})`);
  }
  for (const violation of sorted(violations)) {
    printViolation(violation, printer);
  }
  if (undecided.length > 0) {
    printer.decoration(`    Not to be judged before it is deployed (${undecided.length}):`);
  }
  for (const { policy, urn, message } of sorted(undecided)) {
    printer.lines(
      [
        `${indent}- ${blue(policy)}  (${typeOf(urn)}: ${nameOf(urn)})`,
        message.replace(/^/gm, `${indent}  `),
      ],
      { type: "policy", level: "undecided", policy, urn, message },
    );
  }
}

/** By level, policy and resource. */
export function sorted(violations: readonly Violation[]): Violation[] {
  const key = ({ level, policy, urn }: Violation) => [level, policy, urn].join("\0");
  return violations.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function signOf(findings: Findings): string {
  if (isRefused(findings)) {
    return "❌";
  }
  return findings.violations.length + findings.undecided.length > 0 ? "⚠️" : "✅";
}

/** How many resources each policy has changed, by policy. */
function remediatedResources({ remediations }: Findings): [string, number][] {
  const counts = new Map<string, number>();
  for (const { policy } of remediations) {
    counts.set(policy, (counts.get(policy) ?? 0) + 1);
  }
  return [...counts].sort();
}

function printViolation({ level, policy, urn, message }: Violation, printer: Printer): void {
  const { colors } = printer;
  const color = level === "mandatory" ? colors.red : colors.yellow;
  printer.lines(
    [
      `${indent}- ${color(`[${level}]  ${policy}`)}  (${typeOf(urn)}: ${nameOf(urn)})`,
      message.replace(/^/gm, `${indent}  `),
    ],
    { type: "policy", level, policy, urn, message },
  );
}
