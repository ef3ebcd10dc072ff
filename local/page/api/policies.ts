import type { PolicyInfo, Violation } from "../../engine/policy-types";
import type { Findings } from "../../engine/run-checked";
import { nameOf, typeOf } from "../../engine/urn";
import type { ApiRoute } from "../api-routes";
import type { PoliciesAnswer, PolicyFinding, PolicyResult } from "./types";

/** What the policy pack found, rule by rule. */
export function policyRoutes(findings: Findings | undefined): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/policies",
      answer: (): PoliciesAnswer => (findings ? { pack: packOf(findings) } : {}),
    },
  ];
}

function packOf(findings: Findings): PoliciesAnswer["pack"] {
  const { pack } = findings;
  const { name, version, policies } = pack;
  return { name, version, rules: policies.map((policy) => resultOf(policy, findings)) };
}

function resultOf(policy: PolicyInfo, findings: Findings): PolicyResult {
  const { name, description, level, severity, remediationSteps, url, tags } = policy;
  const isOfPolicy = (found: { policy: string }) => found.policy === name;
  return {
    name,
    description,
    level,
    tags,
    ...(severity && { severity }),
    ...(remediationSteps !== undefined && { remediationSteps }),
    ...(url !== undefined && { url }),
    violations: findings.violations.filter(isOfPolicy).map(findingOf),
    undecided: findings.undecided.filter(isOfPolicy).map(findingOf),
    remediated: findings.remediations.filter(isOfPolicy).length,
  };
}

function findingOf({ urn, message, source }: Violation): PolicyFinding {
  return { urn, type: typeOf(urn), name: nameOf(urn), message, ...(source && { source }) };
}
