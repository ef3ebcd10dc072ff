import { join } from "node:path";
import type { Account } from "../aws/types";
import type { Analyzer } from "../engine/analyzer";
import { isPolicyPack, loadPolicyPack } from "../engine/policy-pack";
import type { Project } from "../engine/project";
import { isRefused, PoliciesViolated, runChecked } from "../engine/run-checked";
import type { CheckedRunOptions } from "../engine/run-checked";
import type { StackConfig } from "../engine/stack-config";
import { PreviewProvider } from "../provider/preview-provider";
import { Diagnostics } from "./diagnostics";
import { printFindings } from "./policy-report";
import type { Printer } from "./printer";
import type { Shutdown } from "./shutdown";
import { startAnalyzer } from "./start-analyzer";

export interface PreviewOptions {
  project: Project;
  stack: string;
  config: StackConfig;
  account: Account;
  printer: Printer;
  /** Stops the preview. */
  signal: AbortSignal;
  /** Gets the steps that stop the preview and the policy pack. */
  shutdown: Shutdown;
}

/** A dry run of the program under a policy pack. */
export interface Preview {
  /** Resolves once the pack accepts the program; rejects with PoliciesViolated or a failure. */
  approval: Promise<void>;
  /** What the program said. */
  diagnostics: Diagnostics;
  /**
   * The pack. Unlike with Pulumi it goes on to serve the update, which therefore is a dry run to it:
   * starting another one would take another second.
   */
  analyzer: Promise<Analyzer>;
}

/**
 * Starts a preview, as `pulumi up` does before it creates anything, if the project has a policy pack in
 * its folder `policy-pack`.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview | undefined> {
  const { project, stack, account, printer, signal, shutdown } = options;
  const packDir = join(project.dir, "policy-pack");
  if (!(await isPolicyPack(packDir))) {
    return undefined;
  }
  const pack = await loadPolicyPack(packDir);
  const analyzer = startAnalyzer(
    { ...options, project: project.name, dryRun: true, pack, packConfig: {} },
    shutdown,
  );
  const stop = new AbortController();
  const diagnostics = new Diagnostics({ project: project.name, stack });
  const approval = approve(
    {
      ...options,
      analyzer,
      provider: new PreviewProvider(account),
      dryRun: true,
      signal: AbortSignal.any([signal, stop.signal]),
      onEvent: (event) => {
        if (event.kind === "diagnostic") {
          diagnostics.add(event);
        }
      },
    },
    printer,
  );
  const ended = approval.catch(() => undefined);
  shutdown.add(async () => {
    stop.abort();
    await ended;
  });
  return { approval, diagnostics, analyzer };
}

async function approve(options: CheckedRunOptions, printer: Printer): Promise<void> {
  const { findings } = await runChecked(options);
  if (isRefused(findings)) {
    throw new PoliciesViolated(findings);
  }
  printFindings(findings, printer);
}
