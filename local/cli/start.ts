import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadProject } from "../engine/project";
import { runProgram } from "../engine/run-program";
import type { ProgramResult } from "../engine/run-program";
import { loadStackConfig } from "../engine/stack-config";
import { accountOf } from "./account";
import { openDataFolder } from "./data-folder";
import { Display } from "./display";
import type { Terminal } from "./printer";
import type { CloudOptions, LocalCloud, StartCloud } from "./local-cloud";
import type { Options } from "./options";
import { sampleImage } from "./sample-image";
import type { Shutdown } from "./shutdown";
import { isSystemError, UserError } from "./user-error";
import { welcomeCommands } from "./welcome";
import { writeSecretFile } from "./write-secret-file";

export interface StartOptions extends Options {
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: StartCloud;
  terminal: Terminal;
  /** Stops the start. */
  signal: AbortSignal;
  /** Gets the steps that undo what was started, also when the start fails. */
  shutdown: Shutdown;
}

/**
 * Starts the local cloud, runs the program in it and says how to use it.
 *
 * @throws UserError, ConfigurationError when something is to be put right first; RunFailed when the
 * program fails, after its messages have been printed.
 */
export async function start(options: StartOptions): Promise<void> {
  const { stack, shutdown, terminal } = options;
  const project = await loadProject(options.projectDir);
  const config = await loadStackConfig(project, stack, options.config);
  const folder = await openDataFolder(options.data, options.fresh);
  shutdown.add(folder.release);
  const display = new Display(terminal, { project: project.name, stack });
  const cloud = await startCloud(options, {
    port: options.port,
    dataDir: folder.path,
    account: accountOf(config),
    notify: (line) => {
      display.line(line);
    },
  });
  try {
    const result = await runProgram({
      project,
      stack,
      config,
      provider: cloud.provider,
      signal: options.signal,
      onEvent: (event) => {
        display.show(event);
      },
    });
    display.showDiagnostics();
    display.showResult(result);
    await welcome(display, folder.path, cloud, result);
  } catch (error) {
    display.showDiagnostics();
    throw error;
  }
}

async function startCloud(options: StartOptions, cloudOptions: CloudOptions): Promise<LocalCloud> {
  try {
    const cloud = await options.startCloud(cloudOptions);
    options.shutdown.add(() => cloud.stop());
    return cloud;
  } catch (error) {
    if (isSystemError(error, "EADDRINUSE", "EACCES") && error.syscall === "listen") {
      const reason = error.code === "EACCES" ? "may not be used" : "is taken";
      throw new UserError(`Port ${options.port} ${reason}; choose another one with --port.`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function welcome(
  display: Display,
  dir: string,
  cloud: LocalCloud,
  { outputs }: ProgramResult,
): Promise<void> {
  const files = { outputs: join(dir, "outputs.json"), sampleImage: join(dir, "sample.png") };
  await writeSecretFile(files.outputs, toJson(outputs));
  await writeSecretFile(join(dir, "endpoints.json"), toJson(cloud.endpoints));
  await writeFile(files.sampleImage, sampleImage());
  display.line("");
  for (const command of welcomeCommands(outputs, files)) {
    display.line(command);
  }
  // Counted from the start of the process, so that loading the code is part of it.
  display.line(`\nReady in ${(performance.now() / 1000).toFixed(1)} s. Ctrl-C stops.`);
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
