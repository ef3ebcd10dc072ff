import { join } from "node:path";
import { isPolicyPack, loadPolicyPack } from "../engine/policy-pack";
import { isRefused, runChecked } from "../engine/run-checked";
import type { Checked, Findings } from "../engine/run-checked";
import { runProgram } from "../engine/run-program";
import type { ProgramResult, RunOptions } from "../engine/run-program";
import type { Display } from "./display";
import { printFindings } from "./policy-report";
import type { Shutdown } from "./shutdown";
import { startAnalyzer } from "./start-analyzer";
import { UserError } from "./user-error";

/** The folder of a project's policy pack, in which there may be none. */
export function packFolder(projectDir: string): string {
  return join(projectDir, "policy-pack");
}

/**
 * Runs the program, under the policy pack in the project's folder `policy-pack`, if there is one. The
 * program and the pack load while the cloud starts.
 *
 * @param use gets the program's plan once the pack has accepted it, and what that found.
 * @throws UserError when the pack refuses it, after why has been printed.
 */
export async function runAccepted(
  program: RunOptions,
  { policy, shutdown }: { policy: boolean; shutdown: Shutdown },
  { printer }: Display,
  use: (result: ProgramResult, findings?: Findings) => Promise<void>,
): Promise<void> {
  const { project } = program;
  const packDir = packFolder(project.dir);
  if (!policy || !(await isPolicyPack(packDir))) {
    await runProgram(program, use);
    return;
  }
  const pack = loadPolicyPack(packDir);
  const analyzer = startAnalyzer(
    { ...program, project: project.name, dryRun: false, pack, packConfig: {} },
    shutdown,
  );
  const onFailure = ({ findings }: Checked) => {
    if (findings.violations.length > 0) {
      printFindings(findings, printer);
    }
  };
  await runChecked({ ...program, analyzer, onFailure }, async ({ result, findings }) => {
    printFindings(findings, printer);
    if (isRefused(findings)) {
      throw new UserError(
        "a mandatory policy is violated; --no-policy creates the resources all the same",
      );
    }
    // The memory of a process that has no more to do.
    await (await analyzer).stop();
    await use(result, findings);
  });
}
