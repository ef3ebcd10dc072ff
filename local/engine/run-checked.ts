import type { Analyzer } from "./analyzer";
import type { PackInfo, Remediation, Violation } from "./policy-types";
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

/** A program's plan, and what a policy pack says of it. */
export interface CheckedResult {
  result: ProgramResult;
  findings: Findings;
}

/**
 * Runs a program under a policy pack, as Pulumi does: policies may change and then look at each
 * resource, and look at all of them at the end.
 *
 * @param use decides by the findings whether to create the resources: see {@link runProgram}.
 * @throws RunFailed when the program fails; ConfigurationError or PolicyPackError when the pack does;
 * what `use` throws.
 */
export async function runChecked<T>(
  options: CheckedRunOptions,
  use: (checked: CheckedResult) => Promise<T>,
): Promise<T> {
  const { analyzer } = options;
  // It may fail before the first resource asks for it, who is then told.
  analyzer.catch(() => undefined);
  const remediations: Remediation[] = [];
  const checks: Promise<Violation[]>[] = [];
  const known = new Map<string, RegisteredResource>();
  const analyze = async (resource: RegisteredResource) => {
    known.set(resource.urn, resource);
    const pack = await analyzer;
    const remediated = await pack.remediate(resource, known);
    resource.inputs = remediated.remediations.at(-1)?.inputs ?? resource.inputs;
    remediations.push(...remediated.remediations);
    // Nothing is created before the end, so that the program need not wait for what is found.
    const found = pack.analyze(resource, known);
    found.catch(() => undefined);
    checks.push(Promise.resolve(remediated.violations), found);
  };
  return await runProgram({ ...options, analyze }, async (result) => {
    const pack = await analyzer;
    checks.push(pack.analyzeStack(result.resources));
    const violations = (await Promise.all(checks)).flat();
    return await use({ result, findings: { pack: pack.info, violations, remediations } });
  });
}
