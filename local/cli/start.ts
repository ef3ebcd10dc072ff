import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toJsonForm } from "../engine/json-form";
import { isPolicyPack, loadPolicyPack } from "../engine/policy-pack";
import { loadProject } from "../engine/project";
import type { Project } from "../engine/project";
import { secretsIn, textsIn, withoutSecrets } from "../engine/properties";
import { isRefused, runChecked } from "../engine/run-checked";
import type { Checked } from "../engine/run-checked";
import { RunFailed } from "../engine/run-failed";
import { runProgram } from "../engine/run-program";
import type { ProgramResult, RunOptions } from "../engine/run-program";
import type { StackConfig } from "../engine/stack-config";
import type { StackIdentity } from "../engine/urn";
import { Faults } from "../faults/faults";
import { DynamicInventory } from "../provider/dynamic-inventory";
import { accountOf } from "./account";
import { openDataFolder } from "./data-folder";
import { Display } from "./display";
import { formatCounts, formatRules } from "./format-faults";
import { loadConfig } from "./load-config";
import { LastRun } from "./last-run";
import type { LocalCloud, StartCloud } from "./local-cloud";
import type { Options } from "./options";
import { printFindings } from "./policy-report";
import type { Terminal } from "./printer";
import type { Redactor } from "./redactor";
import { sampleImage } from "./sample-image";
import type { Shutdown } from "./shutdown";
import { StackRecords } from "./stack-records";
import { startAnalyzer } from "./start-analyzer";
import { providerOf, startLocalCloud } from "./start-local-cloud";
import { audienceOf, issuerEnvironment, startLocalIssuer } from "./start-local-issuer";
import { startPage } from "./start-page";
import { UserError } from "./user-error";
import { cdnLines, tokenLine, welcomeCommands } from "./welcome";
import { writeSecretFile } from "./write-secret-file";

export interface StartOptions extends Options {
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: StartCloud;
  terminal: Terminal;
  redactor: Redactor;
  /** Stops the start. */
  signal: AbortSignal;
  /** Gets the steps that undo what was started, also when the start fails. */
  shutdown: Shutdown;
}

/** What a start is about. */
interface Setup {
  project: Project;
  config: StackConfig;
  dataDir: string;
  faults: Faults | undefined;
}

/**
 * Starts the local cloud, runs the program, creates its resources and says how to use them. Nothing is
 * created before the policy pack, if the project has one, has accepted the whole program.
 *
 * @throws UserError, ConfigurationError when something is to be put right first; RunFailed when the
 * program fails, UserError when the policy pack refuses it, after why has been printed.
 */
export async function start(options: StartOptions): Promise<void> {
  const { stack, shutdown, signal } = options;
  const project = await loadProject(options.projectDir);
  const config = await loadConfig(project, options, options.redactor);
  const folder = await openDataFolder(options.data, options.fresh);
  shutdown.add(folder.release);
  const identity = { project: project.name, stack };
  const display = new Display(options.terminal, identity);
  const dataDir = folder.path;
  const faults = options.faults && new Faults({ seed: options.faultsSeed });
  const setup = { project, config, dataDir, faults };
  const { issuer, cloud } = await startServices(options, setup, display);
  const page = await startPage(setup, options, display);
  const { lastRun, dynamicRecords } = recordsOf(cloud, dataDir, project, identity);
  const stacks = new StackRecords(dataDir);
  const program: RunOptions = {
    project,
    stack,
    config,
    environment: issuerEnvironment(issuer.url),
    signal,
    provider: providerOf(cloud),
    dynamicRecords,
    priorState: lastRun,
    findStackOutputs: (other) => stacks.outputsOf(other),
    onEvent: (event) => {
      display.show(event);
    },
  };
  try {
    await runAccepted(program, options, display, async (result) => {
      const last = await lastRun;
      display.expect(await last.stepsTo(result.resources));
      options.redactor.hide(secretTextsOf(result));
      await result.create();
      await last.save();
      await stacks.record(identity, result.stackOutputs);
      (await cloud).resume();
      display.showDiagnostics();
      display.showResult(result);
      injectFaults(faults, options, display);
      const endpoints = { ...(await cloud).endpoints, oidcIssuer: issuer.url, page: page.url };
      page.show(result, endpoints, await cloud);
      await welcome(setup, options, display, endpoints, result);
    });
  } catch (error) {
    if (error instanceof RunFailed) {
      await (await lastRun).save();
      display.showDiagnostics();
    }
    throw error;
  }
}

/** Starts the issuer and the cloud, which may still be starting when this returns. */
async function startServices(
  options: StartOptions,
  { project, config, dataDir, faults }: Setup,
  display: Display,
) {
  const notify = (line: string) => {
    display.line(line);
  };
  const audience = audienceOf(project, config);
  const issuer = await startLocalIssuer({ dataDir, audience, notify }, options.shutdown);
  const cloudOptions = {
    port: options.port,
    dataDir,
    account: accountOf(config),
    faults,
    notify,
    lambda: { sourceDir: project.programDir, maxEnvironments: options.processes },
  };
  return { issuer, cloud: startLocalCloud(options.startCloud, cloudOptions, options.shutdown) };
}

/** What a cloud that may still be starting has of earlier runs. */
function recordsOf(
  cloud: Promise<LocalCloud>,
  dataDir: string,
  { programDir: projectDir }: Project,
  stack: StackIdentity,
) {
  const lastRun = cloud.then(
    ({ inventory }) => new LastRun({ dataDir, inventory, projectDir, stack }),
  );
  const dynamicRecords = cloud.then(({ inventory }) => new DynamicInventory(inventory, stack));
  for (const records of [lastRun, dynamicRecords]) {
    // When there is no cloud, the run is told why by itself.
    records.catch(() => undefined);
  }
  return { lastRun, dynamicRecords };
}

/**
 * Runs the program, under the policy pack in the project's folder `policy-pack`, if there is one. The
 * program and the pack load while the cloud starts.
 *
 * @param use gets the program's plan once the pack has accepted it.
 * @throws UserError when the pack refuses it, after why has been printed.
 */
async function runAccepted(
  program: RunOptions,
  { policy, shutdown }: StartOptions,
  { printer }: Display,
  use: (result: ProgramResult) => Promise<void>,
): Promise<void> {
  const { project } = program;
  const packDir = join(project.dir, "policy-pack");
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
    await use(result);
  });
}

/** Secret outputs are hidden where they are printed as such; a function's error may hold one, too. */
function secretTextsOf({ stackOutputs }: ProgramResult): string[] {
  return secretsIn(stackOutputs).flatMap(textsIn);
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

async function welcome(
  { dataDir, project, config }: Setup,
  { data }: Options,
  display: Display,
  endpoints: LocalCloud["endpoints"] & { oidcIssuer: string; page: string },
  { outputs, stackOutputs }: ProgramResult,
): Promise<void> {
  const files = {
    outputs: join(dataDir, "outputs.json"),
    sampleImage: join(dataDir, "sample.png"),
    ca: String(endpoints.caFile),
  };
  await writeSecretFile(files.outputs, toJson(toJsonForm(withoutSecrets(stackOutputs))));
  await writeSecretFile(join(dataDir, "endpoints.json"), toJson(endpoints));
  await writeFile(files.sampleImage, sampleImage());
  display.line("");
  const token = typeof outputs.oidcIssuer === "string" && {
    line: tokenLine(outputs.oidcIssuer, endpoints.oidcIssuer, data),
    allowsKeys: config.values[`${project.name}:allowApiKeys`] === "true",
  };
  const commands = welcomeCommands(outputs, files, token || undefined);
  for (const line of [...commands, ...cdnLines(endpoints)]) {
    display.line(line);
  }
  display.line(`\nSee it at ${endpoints.page}`);
  // Counted from the start of the process, so that loading the code is part of it.
  display.line(`Ready in ${(performance.now() / 1000).toFixed(1)} s. Ctrl-C stops.`);
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
