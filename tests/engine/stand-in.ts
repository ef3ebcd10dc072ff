import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountOf } from "../../local/cli/account";
import { LastRun } from "../../local/cli/last-run";
import { startCloud } from "../../local/cloud";
import type { RunningCloud } from "../../local/cloud";
import { loadProject } from "../../local/engine/project";
import { runProgram } from "../../local/engine/run-program";
import { loadStackConfig } from "../../local/engine/stack-config";
import type { Step } from "../../local/provider/steps";

/** The same stack as `npm start` has it. */
export class StandIn {
  readonly #projectDir: string;
  readonly #dataDir: string;
  #cloud: RunningCloud;

  static async start(projectDir: string): Promise<StandIn> {
    const dataDir = await mkdtemp(join(tmpdir(), "stand-in-"));
    return new StandIn(projectDir, dataDir, await cloudOn(dataDir, projectDir));
  }

  private constructor(projectDir: string, dataDir: string, cloud: RunningCloud) {
    this.#projectDir = projectDir;
    this.#dataDir = dataDir;
    this.#cloud = cloud;
  }

  /** What the program as it is now would change; with `create`, it is done. */
  async steps({ create = false } = {}): Promise<Step[]> {
    const project = await loadProject(this.#projectDir);
    const config = await loadStackConfig(project, "local");
    const { provider, inventory } = this.#cloud;
    const lastRun = new LastRun({
      dataDir: this.#dataDir,
      inventory,
      projectDir: project.programDir,
      stack: { project: project.name, stack: "local" },
    });
    const onEvent = () => undefined;
    return await runProgram(
      { project, stack: "local", config, provider, priorState: Promise.resolve(lastRun), onEvent },
      async (result) => {
        const steps = await lastRun.stepsTo(result.resources);
        if (create) {
          await result.create();
          await lastRun.save();
        }
        return steps;
      },
    );
  }

  /** As a new start finds it. */
  async restart(): Promise<void> {
    await this.#cloud.stop();
    this.#cloud = await cloudOn(this.#dataDir, this.#projectDir);
  }

  async stop(): Promise<void> {
    await this.#cloud.stop();
    await rm(this.#dataDir, { recursive: true });
  }
}

async function cloudOn(dataDir: string, sourceDir: string): Promise<RunningCloud> {
  const account = accountOf({ values: {}, secretKeys: [], secrets: [] });
  return await startCloud({
    ...{ port: 0, dataDir, account, notify: () => undefined },
    lambda: { sourceDir },
  });
}
