import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { loadProject } from "../engine/project";
import type { Project } from "../engine/project";
import { loadStackConfig } from "../engine/stack-config";
import type { StackConfig } from "../engine/stack-config";
import { ConfigurationError } from "../engine/configuration-error";
import { serveProvider } from "../plugin/serve-provider";
import { archiveDirOf } from "../provider/kept-inputs";
import type { LocalProvider } from "../provider/local-provider";
import { accountOf } from "./account";
import { openDataFolder } from "./data-folder";
import { findCommand } from "./find-command";
import type { CloudOptions, LocalCloud } from "./local-cloud";
import {
  asksForHelp,
  commandLine,
  isConfiguring,
  isDeploying,
  needsStack,
  parsePulumiArguments,
} from "./pulumi-arguments";
import type { PulumiArguments } from "./pulumi-arguments";
import { PulumiHome } from "./pulumi-home";
import { runCommand } from "./run-command";
import type { Shutdown } from "./shutdown";
import { startLocalCloud } from "./start-local-cloud";
import { audienceOf, issuerEnvironment, startLocalIssuer } from "./start-local-issuer";
import { UserError } from "./user-error";

/** What the command needs from its surroundings. */
export interface PulumiSettings {
  /** The command line after the script's name. */
  args: readonly string[];
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: (options: CloudOptions) => Promise<LocalCloud & { provider: LocalProvider }>;
}

const help = `Usage: npm run pulumi -- [--data <dir>] [--port <number>] <command> [options]

Runs the Pulumi CLI against the local cloud: the state is in the data folder, and no account is needed.

  --data <dir>     folder for what is stored (default: ".local")
  --port <number>  port of the API, 0 for any free one (default: 4000)
  -C, --cwd <dir>  folder of the project, where it is another one, with a data folder of its own in it

The stack is "local" unless --stack says another. All else is the CLI's own:
`;

/** @returns the exit code: the CLI's, or 1 when it could not be run. */
export function runPulumi(settings: PulumiSettings): Promise<number> {
  // The CLI decides how an interrupt ends: it has to put its state in order first.
  const never = new AbortController().signal;
  return runCommand(({ shutdown }) => runCli(settings, shutdown), 1, never);
}

async function runCli(settings: PulumiSettings, shutdown: Shutdown): Promise<number> {
  const args = parsePulumiArguments(settings.args);
  const cli = requireCli(settings.projectDir);
  if (args.command === undefined || args.command === "help" || asksForHelp(args.passed)) {
    process.stdout.write(`${help}\n`);
  }
  const project = await loadProject(args.cwd ?? settings.projectDir);
  const folder = await openDataFolder(args.data, false);
  shutdown.add(folder.release);
  const home = new PulumiHome(folder.path, project, args.stack);
  const env = await home.environment();
  if (!needsStack(args)) {
    return await runToEnd(cli, commandLine(args), project, env);
  }
  const configFile = await home.prepareStack((words, own) => runQuietly(cli, words, own), env);
  if (isConfiguring(args)) {
    const config = await readFile(configFile, "utf8");
    shutdown.add(() => home.takeOverConfig(config));
  }
  const attached = isDeploying(args)
    ? await attachCloud(args, folder.path, project, settings, shutdown)
    : {};
  return await runToEnd(cli, commandLine(args, configFile), project, { ...env, ...attached });
}

function requireCli(projectDir: string): string {
  const cli = findCommand("pulumi", join(projectDir, "node_modules"));
  if (cli === undefined) {
    throw new UserError(
      "There is no Pulumi CLI on the PATH: install it as https://www.pulumi.com/docs/install/ says, " +
        "or use npm start, which needs none.",
    );
  }
  return cli;
}

/** Starts the local cloud with what it had, and serves its provider. @returns what the CLI attaches by. */
async function attachCloud(
  args: PulumiArguments,
  dataDir: string,
  project: Project,
  { startCloud }: PulumiSettings,
  shutdown: Shutdown,
): Promise<NodeJS.ProcessEnv> {
  const notes: string[] = [];
  const config = await configFor(project, args);
  const account = accountOf(config);
  const notify = (line: string) => notes.push(line);
  const audience = audienceOf(project, config);
  const issuer = await startLocalIssuer({ dataDir, audience, notify }, shutdown);
  const lambda = { sourceDir: project.programDir, archiveDir: archiveDirOf(dataDir) };
  const options = { port: args.port, dataDir, account, notify, lambda };
  const { provider, inventory } = await startLocalCloud(startCloud, options, shutdown);
  const served = await serveProvider({ project, provider, inventory, dataDir, notify });
  shutdown.add(() => {
    served.stop();
    return Promise.resolve();
  });
  shutdown.add(() => {
    tell(notes, served.resources.recordedTypes);
    return Promise.resolve();
  });
  return { ...served.environment, ...issuerEnvironment(issuer.url) };
}

/** What the local cloud had to say, now that the CLI has the terminal no more. */
function tell(notes: readonly string[], recordedTypes: readonly string[]): void {
  const recorded =
    recordedTypes.length > 0 ? [`recorded, not emulated: ${recordedTypes.join(", ")}`] : [];
  for (const line of [...notes, ...recorded]) {
    process.stderr.write(`${line}\n`);
  }
}

/** What is wrong with the config, the CLI will say. */
async function configFor(
  project: Project,
  { stack, config }: PulumiArguments,
): Promise<StackConfig> {
  try {
    return await loadStackConfig(project, stack, config);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return { values: {}, secretKeys: [], secrets: [] };
    }
    throw error;
  }
}

/** Lends the terminal to the CLI. @returns its exit code. */
async function runToEnd(
  cli: string,
  args: readonly string[],
  { dir }: Project,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(cli, args, { cwd: dir, env, stdio: "inherit" });
  // An interrupt of the terminal reaches the CLI by itself.
  const ignore = () => undefined;
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", ignore).on("SIGTERM", pass).on("SIGHUP", pass);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
      });
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", pass).off("SIGHUP", pass);
  }
}

async function runQuietly(
  cli: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(cli, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) {
    throw new UserError(`pulumi ${args.join(" ")} failed:\n${(await output).join("").trim()}`);
  }
}
