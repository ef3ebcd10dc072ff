import type { Analyzer } from "./analyzer";
import { isDynamic } from "./dynamic-provider";
import type { PackInfo, Remediation, Violation } from "./policy-types";
import { isProviderType } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { RunFailed } from "./run-failed";
import { runProgram } from "./run-program";
import type { ProgramResult, RunOptions } from "./run-program";
import { judgementOf } from "./undecided";
import type { Judgement } from "./undecided";

export interface CheckedRunOptions extends Omit<RunOptions, "analyze"> {
  /** The policy pack; it may still be starting. */
  analyzer: Promise<Analyzer>;
  /**
   * Gets what was found of the resources that a program registered before it failed. What is about all
   * of them together is not looked for then.
   */
  onFailure?: (checked: Checked) => Promise<void> | void;
}

/** What a policy pack found in one run of a program. */
export interface Findings extends Judgement {
  pack: PackInfo;
  remediations: Remediation[];
}

/** What a policy pack found, and of how much. */
export interface Checked {
  findings: Findings;
  /** How many resources were looked at. */
  resources: number;
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
    // Hardly anything is created before the end, so that the program need not wait for what is found.
    const found = pack.analyze(resource, known);
    found.catch(() => undefined);
    checks.push(Promise.resolve(remediated.violations), found);
    if (isDynamic(resource.type) && options.judgeOnly !== true && options.dryRun !== true) {
      // It is created at once.
      requireAccepted((await Promise.all(checks)).flat());
    }
  };
  const findings = async (): Promise<Findings> => {
    const { info } = await analyzer;
    return { pack: info, ...judgementOf((await Promise.all(checks)).flat()), remediations };
  };
  const progress = { succeeded: false };
  try {
    return await runProgram({ ...options, analyze }, async (result) => {
      progress.succeeded = true;
      const pack = await analyzer;
      checks.push(pack.analyzeStack([...known.values()]));
      return await use({ result, findings: await findings() });
    });
  } catch (error) {
    if (error instanceof RunFailed && !progress.succeeded && !options.signal?.aborted) {
      await options.onFailure?.({
        findings: await findings(),
        resources: [...known.values()].filter(isOfProgram).length,
      });
    }
    throw error;
  }
}

function requireAccepted(violations: Violation[]): void {
  if (isRefused({ violations })) {
    throw new RunFailed("a mandatory policy is violated; nothing more is created");
  }
}

/** Default providers are the engine's own. */
function isOfProgram({ type, parent }: RegisteredResource): boolean {
  return parent !== undefined || !isProviderType(type);
}
