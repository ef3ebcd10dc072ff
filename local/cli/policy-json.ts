import type { DiagnosticEvent } from "../engine/events";
import type { PolicyInfo, Violation } from "../engine/policy-types";
import { isRefused } from "../engine/run-checked";
import type { Checked } from "../engine/run-checked";
import { nameOf, typeOf } from "../engine/urn";
import { sorted } from "./policy-report";

/** What was checked, and how that ended. */
export interface CheckedStack extends Checked {
  stack: string;
  preview: boolean;
  /** Why the program failed; empty where it did not. */
  errors: readonly DiagnosticEvent[];
}

/** What a policy pack found, for machines. */
export function toJsonDocument(checked: CheckedStack) {
  const { findings, stack, preview, resources, errors } = checked;
  const { pack, violations, undecided, remediations } = findings;
  const policies = new Map(pack.policies.map((policy) => [policy.name, policy]));
  const describe = (found: Violation) => described(found, policies.get(found.policy));
  return {
    stack,
    preview,
    resources,
    passed: errors.length === 0 && !isRefused(findings),
    pack: { name: pack.name, version: pack.version },
    violations: sorted(violations).map(describe),
    undecided: sorted(undecided).map(describe),
    remediations: remediations.map(({ policy, urn }) => ({ policy, urn })),
    errors: errors.map(({ message, urn }) => ({ message, urn })),
  };
}

function described(found: Violation, policy: PolicyInfo | undefined) {
  return {
    ...found,
    type: typeOf(found.urn),
    name: nameOf(found.urn),
    remediationSteps: policy?.remediationSteps,
    url: policy?.url,
  };
}
