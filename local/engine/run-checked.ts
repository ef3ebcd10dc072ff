import type { Analyzer } from "./analyzer";
import type { PackInfo, Remediation, Violation } from "./policy-types";
import type { KnownResources } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { runProgram } from "./run-program";
import type { ProgramResult, RunOptions } from "./run-program";

export interface CheckedRunOptions extends Omit<RunOptions, "analyze"> {
  /** The policy pack; it may still be starting. */
  analyzer: Promise<Analyzer>;
  /**
   * Holds resources back until it resolves; when it rejects, so does the run. By default they are
   * created as soon as the pack has looked at them.
   */
  approval?: Promise<unknown>;
  /** Whether the first mandatory violation ends the run, as in an update. `@default` false */
  stopAtViolation?: boolean;
}

/** What a policy pack found in one run of a program. */
export interface Findings {
  pack: PackInfo;
  violations: Violation[];
  remediations: Remediation[];
}

/** A mandatory policy is violated. */
export class PoliciesViolated extends Error {
  override readonly name = "PoliciesViolated";
  readonly findings: Findings;

  constructor(findings: Findings) {
    super("a mandatory policy is violated");
    this.findings = findings;
  }
}

/** Whether a mandatory policy is violated. */
export function isRefused({ violations }: Pick<Findings, "violations">): boolean {
  return violations.some(({ level }) => level === "mandatory");
}

/**
 * Runs a program under a policy pack, as Pulumi does: policies may change and then look at each
 * resource before it is created, and at all of them at the end.
 *
 * @throws RunFailed when the program fails; ConfigurationError or PolicyPackError when the pack does;
 * PoliciesViolated with `stopAtViolation`.
 */
export async function runChecked(
  options: CheckedRunOptions,
): Promise<{ result: ProgramResult; findings: Findings }> {
  const { analyzer, approval = Promise.resolve(), stopAtViolation = false } = options;
  // It may fail before the first resource asks for it, who is then told.
  analyzer.catch(() => undefined);
  const violations: Violation[] = [];
  const remediations: Remediation[] = [];
  const findings = async () => ({ pack: (await analyzer).info, violations, remediations });
  const add = async (found: Partial<Findings>) => {
    remediations.push(...(found.remediations ?? []));
    violations.push(...(found.violations ?? []));
    if (stopAtViolation && isRefused({ violations })) {
      // Who decides on the approval may have found more.
      await approval;
      throw new PoliciesViolated(await findings());
    }
  };
  const known = new Map<string, RegisteredResource>();
  const result = await runProgram({
    ...options,
    analyze: async (resource) => {
      known.set(resource.urn, resource);
      await add(await check(await analyzer, resource, known));
      // Components exist in the program only, which waits for the first of them: the stack.
      await (resource.custom ? approval : undefined);
    },
  });
  await add({ violations: await (await analyzer).analyzeStack(result.resources) });
  return { result, findings: await findings() };
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
