import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadProject } from "../engine/project";
import { PoliciesViolated, runChecked } from "../engine/run-checked";
import { RunFailed } from "../engine/run-failed";
import { runProgram } from "../engine/run-program";
import type { ProgramResult, RunOptions } from "../engine/run-program";
import { loadStackConfig } from "../engine/stack-config";
import { Faults } from "../faults/faults";
import { accountOf } from "./account";
import { openDataFolder } from "./data-folder";
import { Display } from "./display";
import { formatCounts, formatRules } from "./format-faults";
import type { CloudOptions, LocalCloud, StartCloud } from "./local-cloud";
import type { Options } from "./options";
import { printFindings } from "./policy-report";
import { startPreview } from "./preview";
import type { Preview } from "./preview";
import type { Terminal } from "./printer";
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
 * Starts the local cloud, runs the program in it and says how to use it. Nothing is created before the
 * policy pack, if the project has one, has accepted a preview.
 *
 * @throws UserError, ConfigurationError when something is to be put right first; RunFailed when the
 * program fails, UserError when the policy pack refuses it, after why has been printed.
 */
export async function start(options: StartOptions): Promise<void> {
  const { stack, shutdown, signal } = options;
  const project = await loadProject(options.projectDir);
  const config = await loadStackConfig(project, stack, options.config);
  const folder = await openDataFolder(options.data, options.fresh);
  shutdown.add(folder.release);
  const account = accountOf(config);
  const display = new Display(options.terminal, { project: project.name, stack });
  const { printer } = display;
  const program = { project, stack, config, signal };
  // It loads the program while the cloud starts and while the update loads it too.
  const preview = options.policy
    ? await startPreview({ ...program, account, printer, shutdown })
    : undefined;
  const faults = options.faults && new Faults({ seed: options.faultsSeed });
  const cloud = await startCloud(options, {
    port: options.port,
    dataDir: folder.path,
    account,
    faults,
    notify: (line) => {
      display.line(line);
    },
  });
  try {
    const result = await update(
      {
        ...program,
        provider: cloud.provider,
        onEvent: (event) => {
          display.show(event);
        },
      },
      preview,
    );
    cloud.resume();
    display.showDiagnostics();
    display.showResult(result);
    injectFaults(faults, options, display);
    await welcome(display, folder.path, cloud, result);
  } catch (error) {
    await explain(error, display, preview);
    if (error instanceof PoliciesViolated) {
      throw new UserError(`${error.message}; --no-policy creates the resources all the same`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Creates the resources, after the preview, if there is one, has been approved. */
async function update(options: RunOptions, preview: Preview | undefined): Promise<ProgramResult> {
  if (!preview) {
    return await runProgram(options);
  }
  const { result } = await runChecked({ ...options, ...preview, stopAtViolation: true });
  // The memory of a process that has no more to do.
  await (await preview.analyzer).stop();
  return result;
}

/** From now on: what creates the stack must not fail. */
function injectFaults(faults: Faults | undefined, options: StartOptions, display: Display): void {
  if (!faults || !options.faults) {
    return;
  }
  faults.set(options.faults);
  display.line(`\nFaults with --faults-seed ${faults.seed}: ${formatRules(options.faults)}`);
  options.shutdown.add(() => {
    display.line(`Faults injected: ${formatCounts(faults.counts())}`);
    return Promise.resolve();
  });
}

/** Prints what led to the failure of the program, or to its refusal. */
async function explain(
  error: unknown,
  display: Display,
  preview: Preview | undefined,
): Promise<void> {
  if (error instanceof PoliciesViolated) {
    printFindings(error.findings, display.printer);
  } else if (error instanceof RunFailed) {
    const accepted = !preview || (await isFulfilled(preview.approval));
    (accepted ? display.diagnostics : preview.diagnostics).print(display.printer);
  }
}

function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
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
  const files = {
    outputs: join(dir, "outputs.json"),
    sampleImage: join(dir, "sample.png"),
    ca: String(cloud.endpoints.caFile),
  };
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
