import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { accountOf } from "../../local/cli/account";
import { findCommand } from "../../local/cli/find-command";
import { commandLine, isConfiguring, parsePulumiArguments } from "../../local/cli/pulumi-arguments";
import { PulumiHome } from "../../local/cli/pulumi-home";
import { startCloud } from "../../local/cloud";
import type { RunningCloud } from "../../local/cloud";
import { loadProject } from "../../local/engine/project";
import type { Project } from "../../local/engine/project";
import { serveProvider } from "../../local/plugin/serve-provider";
import type { ServedProvider } from "../../local/plugin/serve-provider";
import type { LocalProvider } from "../../local/provider/local-provider";

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
  readonly #served: ServedProvider;

  /**
   * @param projectDir the folder of `Pulumi.yaml`.
   * @param other takes the place of the local cloud's provider.
   * @param packages those that the provider is to serve.
   */
  static async start(
    projectDir: string,
    other?: LocalProvider,
    packages?: readonly string[],
  ): Promise<EngineStack> {
    const folder = await mkdtemp(join(tmpdir(), "engine-"));
    const dataDir = join(folder, "data");
    await mkdir(dataDir);
    const project = await loadProject(projectDir);
    const account = accountOf({ values: {}, secretKeys: [], secrets: [] });
    const notify = () => undefined;
    const lambda = { sourceDir: project.programDir };
    const cloud = await startCloud({ port: 0, dataDir, account, notify, lambda });
    const { inventory } = cloud;
    const provider = other ?? cloud.provider;
    const served = await serveProvider({
      ...{ project, provider, inventory, dataDir, notify },
      packages,
    });
    return new EngineStack(folder, dataDir, project, cloud, served);
  }

  private constructor(
    folder: string,
    dataDir: string,
    project: Project,
    cloud: RunningCloud,
    served: ServedProvider,
  ) {
    this.#folder = folder;
    this.dataDir = dataDir;
    this.#project = project;
    this.cloud = cloud;
    this.#served = served;
  }

  /** Runs a command of the CLI with the config that the project's file of the stack has now. */
  async run(command: string, ...args: string[]): Promise<CliRun> {
    const { dir } = this.#project;
    const home = new PulumiHome(this.dataDir, this.#project, "local");
    const env = {
      ...(await home.environment()),
      ...this.#served.environment,
      // Among them the option by which what happens is told as data.
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // The Node.js that functions are deployed with, whichever the machine has.
      PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
    };
    const configFile = await home.prepareStack(async (own, ownEnv) => {
      await execute(own, dir, ownEnv);
    }, env);
    const given = parsePulumiArguments([command, "--non-interactive", ...args]);
    const config = await readFile(configFile, "utf8");
    const done = await execute(commandLine(given, configFile), dir, env);
    if (isConfiguring(given)) {
      await home.takeOverConfig(config);
    }
    return done;
  }

  /** Stops the cloud and removes all that was kept. */
  async stop(): Promise<void> {
    this.#served.stop();
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
