import { join } from "node:path";
import { Shutdown } from "../../local/cli/shutdown";
import { startAnalyzer } from "../../local/cli/start-analyzer";
import type { Analyzer, AnalyzerOptions } from "../../local/engine/analyzer";
import { checkState } from "../../local/engine/check-state";
import { readPackConfig } from "../../local/engine/policy-config";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import type { PackConfig } from "../../local/engine/policy-types";
import { loadProject } from "../../local/engine/project";
import type { ResourceProvider } from "../../local/engine/resource-provider";
import { runChecked } from "../../local/engine/run-checked";
import { loadStackConfig } from "../../local/engine/stack-config";
import { readStateFile } from "../../local/engine/state-file";
import { root } from "./engine-stack";
import { standInReports } from "./reports";
import type { Reports } from "./reports";

export const packDir = join(root, "policy-pack");

/** What the pack is to judge, and by which levels and settings. */
export interface JudgedProgram {
  projectDir: string;
  /** Values that go before those of the stack. Default: none. */
  config?: Record<string, string>;
  /** The file of `--policy-pack-config`. Default: none. */
  packConfig?: string;
  provider: ResourceProvider;
  /** Whether it is a preview rather than a deployment. */
  dryRun: boolean;
}

/** What the pack says under the stand-in of a program, in the stack `local`. */
export async function judgeProgram(options: JudgedProgram): Promise<Reports> {
  const { projectDir, provider, dryRun } = options;
  const project = await loadProject(projectDir);
  const config = await loadStackConfig(project, "local", options.config ?? {});
  const run = { stack: "local", config, dryRun };
  const analyzed = {
    ...run,
    project: project.name,
    packConfig: await configIn(options.packConfig),
  };
  return await withAnalyzer(analyzed, async (analyzer) => {
    const onEvent = () => undefined;
    return await runChecked({ ...run, project, provider, analyzer, onEvent }, ({ findings }) =>
      Promise.resolve(standInReports(findings)),
    );
  });
}

/** What the pack says, without the CLI, of what a stack's export has. */
export async function judgeState(file: string, packConfig?: string): Promise<Reports> {
  const { resources, project, stack } = await readStateFile(file);
  const config = { values: {}, secretKeys: [], secrets: [] };
  const run = { project, stack, config, dryRun: false, packConfig: await configIn(packConfig) };
  return await withAnalyzer(run, async (analyzer) =>
    standInReports((await checkState(resources, await analyzer)).findings),
  );
}

async function configIn(file: string | undefined): Promise<PackConfig> {
  return file === undefined ? {} : await readPackConfig(file);
}

async function withAnalyzer<T>(
  run: Omit<AnalyzerOptions, "pack">,
  use: (analyzer: Promise<Analyzer>) => Promise<T>,
): Promise<T> {
  const shutdown = new Shutdown();
  try {
    return await use(startAnalyzer({ ...run, pack: loadPolicyPack(packDir) }, shutdown));
  } finally {
    await shutdown.run();
  }
}
