import type { Analyzer } from "./analyzer";
import type { Remediation, Violation } from "./policy-types";
import type { RegisteredResource } from "./registered-resource";
import type { Checked } from "./run-checked";
import { judgementOf } from "./undecided";

/**
 * Lets a policy pack look at resources that are there, each by itself and then all of them, as
 * `pulumi policy analyze` does. What policies of the level `remediate` would change is told and not done.
 */
export async function checkState(
  resources: readonly RegisteredResource[],
  analyzer: Analyzer,
): Promise<Checked> {
  const known = new Map(resources.map((resource) => [resource.urn, resource]));
  const remediations: Remediation[] = [];
  const violations: Violation[] = [];
  for (const resource of resources) {
    const remediated = await analyzer.remediate(resource, known);
    remediations.push(...remediated.remediations);
    violations.push(...remediated.violations, ...(await analyzer.analyze(resource, known)));
  }
  violations.push(...(await analyzer.analyzeStack(resources)));
  return {
    findings: { pack: analyzer.info, ...judgementOf(violations), remediations },
    resources: resources.length,
  };
}
