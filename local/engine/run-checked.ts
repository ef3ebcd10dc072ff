import type { Analyzer } from "./analyzer";
import type { PackInfo, Remediation, Violation } from "./policy-types";
import type { KnownResources } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { runProgram } from "./run-program";
import type { ProgramResult, RunOptions } from "./run-program";

export interface CheckedRunOptions extends Omit<RunOptions, "analyze"> {
  /** The policy pack; it may still be starting. */
  analyzer: Promise<Analyzer>;
}

/** What a policy pack found in one run of a program. */
export interface Findings {
  pack: PackInfo;
  violations: Violation[];
  remediations: Remediation[];
}

/** Whether a mandatory policy is violated. */
export function isRefused({ violations }: Pick<Findings, "violations">): boolean {
  return violations.some(({ level }) => level === "mandatory");
}

/**
 * Runs a program under a policy pack, as Pulumi does: policies may change and then look at each
 * resource, and look at all of them at the end. Whoever creates the resources decides by the findings.
 *
 * @throws RunFailed when the program fails; ConfigurationError or PolicyPackError when the pack does.
 */
export async function runChecked(
  options: CheckedRunOptions,
): Promise<{ result: ProgramResult; findings: Findings }> {
  const { analyzer } = options;
  // It may fail before the first resource asks for it, who is then told.
  analyzer.catch(() => undefined);
  const violations: Violation[] = [];
  const remediations: Remediation[] = [];
  const known = new Map<string, RegisteredResource>();
  const result = await runProgram({
    ...options,
    analyze: async (resource) => {
      known.set(resource.urn, resource);
      const found = await check(await analyzer, resource, known);
      violations.push(...found.violations);
      remediations.push(...found.remediations);
    },
  });
  const pack = await analyzer;
  violations.push(...(await pack.analyzeStack(result.resources)));
  return { result, findings: { pack: pack.info, violations, remediations } };
}

/** Lets policies change the resource's inputs, then look at them. */
async function check(
  analyzer: Analyzer,
  resource: RegisteredResource,
  known: KnownResources,
): Promise<Pick<Findings, "violations" | "remediations">> {
  const { remediations, violations } = await analyzer.remediate(resource, known);
  resource.inputs = remediations.at(-1)?.inputs ?? resource.inputs;
  return {
    remediations,
    violations: [...violations, ...(await analyzer.analyze(resource, known))],
  };
}
