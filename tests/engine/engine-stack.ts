import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { accountOf } from "../../local/cli/account";
import { findCommand } from "../../local/cli/find-command";
import { sdkVersion } from "../../local/cli/pulumi";
import { PulumiHome } from "../../local/cli/pulumi-home";
import { startCloud } from "../../local/cloud";
import type { RunningCloud } from "../../local/cloud";
import { ComputedOutputs } from "../../local/engine/computed-outputs";
import { loadProject } from "../../local/engine/project";
import type { Project } from "../../local/engine/project";
import { startPluginServer } from "../../local/plugin/server";
import type { LocalProvider } from "../../local/provider/local-provider";
import { ManagedResources } from "../../local/provider/managed-resources";

export const root = join(__dirname, "../..");

/** The Pulumi CLI on the PATH, if there is one. */
export const cli = findCommand("pulumi", join(root, "node_modules"));

/** What a run of the CLI has printed. */
export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A stack of a project on the real engine, whose provider is that of a local cloud. */
export class EngineStack {
  readonly dataDir: string;
  readonly cloud: RunningCloud;
  readonly #folder: string;
  readonly #project: Project;
  readonly #stop: () => void;
  readonly #providers: string;

  /**
   * @param projectDir the folder of `Pulumi.yaml`.
   * @param other takes the place of the local cloud's provider.
   * @param packages those that the provider is to serve.
   */
  static async start(
    projectDir: string,
    other?: LocalProvider,
    packages: readonly string[] = ["aws"],
  ): Promise<EngineStack> {
    const folder = await mkdtemp(join(tmpdir(), "engine-"));
    const dataDir = join(folder, "data");
    await mkdir(dataDir);
    const project = await loadProject(projectDir);
    const account = accountOf({ values: {}, secretKeys: [], secrets: [] });
    const notify = () => undefined;
    const cloud = await startCloud({ port: 0, dataDir, account, notify });
    const { inventory } = cloud;
    const provider = other ?? cloud.provider;
    const server = await startPluginServer({
      provider,
      resources: new ManagedResources({
        provider,
        inventory,
        archiveDir: join(dataDir, "archives"),
        projectDir: project.programDir,
        notify,
      }),
      computed: new ComputedOutputs(project.dir),
      version: sdkVersion(project),
    });
    const providers = packages.map((name) => `${name}:${server.port}`).join(",");
    return new EngineStack(folder, dataDir, project, cloud, {
      providers,
      stop: () => {
        server.stop();
      },
    });
  }

  private constructor(
    folder: string,
    dataDir: string,
    project: Project,
    cloud: RunningCloud,
    plugin: { providers: string; stop: () => void },
  ) {
    this.#folder = folder;
    this.dataDir = dataDir;
    this.#project = project;
    this.cloud = cloud;
    this.#providers = plugin.providers;
    this.#stop = () => {
      plugin.stop();
    };
  }

  /** Runs a command of the CLI with the config that the project's file of the stack has now. */
  async run(command: string, ...args: string[]): Promise<CliRun> {
    const { dir } = this.#project;
    const home = new PulumiHome(this.dataDir, this.#project, "local");
    const env = {
      ...(await home.environment()),
      PULUMI_DEBUG_PROVIDERS: this.#providers,
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // The Node.js that functions are deployed with, whichever the machine has.
      PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
    };
    const configFile = await home.prepareStack(async (own, ownEnv) => {
      await execute(own, dir, ownEnv);
    }, env);
    const all = [command, "--config-file", configFile, "--non-interactive", ...args];
    return await execute(all, dir, env);
  }

  /** Stops the cloud and removes all that was kept. */
  async stop(): Promise<void> {
    this.#stop();
    await this.cloud.stop();
    await rm(this.#folder, { recursive: true });
  }
}

async function execute(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<CliRun> {
  const child = spawn(cli ?? "pulumi", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    }),
  ]);
  return { code, stdout, stderr };
}
