import { isRefused } from "../engine/run-checked";
import type { Findings } from "../engine/run-checked";
import { nameOf, typeOf } from "../engine/urn";
import { sorted } from "./policy-report";

/** What was checked. */
export interface CheckedStack {
  stack: string;
  preview: boolean;
  /** How many resources were looked at. */
  resources: number;
}

/** What a policy pack found, for machines. */
export function toJsonDocument(findings: Findings, checked: CheckedStack) {
  const { pack, violations, remediations } = findings;
  const policies = new Map(pack.policies.map((policy) => [policy.name, policy]));
  return {
    ...checked,
    passed: !isRefused(findings),
    pack: { name: pack.name, version: pack.version },
    violations: sorted(violations).map((violation) => ({
      ...violation,
      type: typeOf(violation.urn),
      name: nameOf(violation.urn),
      remediationSteps: policies.get(violation.policy)?.remediationSteps,
      url: policies.get(violation.policy)?.url,
    })),
    remediations: remediations.map(({ policy, urn }) => ({ policy, urn })),
  };
}
