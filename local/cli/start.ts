import { loadProject } from "../engine/project";
import type { Project } from "../engine/project";
import type { ProgramResult } from "../engine/run-program";
import type { StackConfig } from "../engine/stack-config";
import type { StackIdentity } from "../engine/urn";
import type { Notify } from "../aws/notice";
import { Faults } from "../faults/faults";
import { archiveDirOf } from "../provider/kept-inputs";
import { Bundler } from "../watch/bundler";
import { accountOf } from "./account";
import type { Ask } from "./consent";
import { openDataFolder } from "./data-folder";
import { Display } from "./display";
import { formatCounts, formatRules } from "./format-faults";
import { hostWarning } from "./host-option";
import { loadConfig } from "./load-config";
import type { LocalCloud, StartCloud } from "./local-cloud";
import type { Options } from "./options";
import type { Terminal } from "./printer";
import type { Redactor } from "./redactor";
import { requestLines } from "./request-lines";
import { restoreCloud } from "./restored-cloud";
import { writeRunFiles } from "./run-files";
import type { Endpoints } from "./run-files";
import { serviceLines } from "./service-lines";
import type { Shutdown } from "./shutdown";
import { StackSession } from "./stack-session";
import type { AppliedResult } from "./stack-session";
import { requireInspected, startInspection } from "./start-inspection";
import { startLocalCloud } from "./start-local-cloud";
import { audienceOf, issuerEnvironment, startLocalIssuer } from "./start-local-issuer";
import { startPage } from "./start-page";
import { locateCode, startWatcher, watchFunctions } from "./start-watch";
import { listsLoadedFiles, watchProgram } from "./watch-program";
import { welcome } from "./welcome";

export interface StartOptions extends Options {
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: StartCloud;
  terminal: Terminal;
  /** Absent where nobody can be asked. */
  ask?: Ask;
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
  identity: StackIdentity;
  dataDir: string;
  faults: Faults | undefined;
}

/** A run that can be used. */
interface UsableRun {
  endpoints: Endpoints;
  files: Awaited<ReturnType<typeof writeRunFiles>>;
  result: ProgramResult;
}

/**
 * Starts the local cloud, runs the program, brings the stack to what it asks for and says how to use
 * it. Nothing is changed before the policy pack, if the project has one, has accepted the whole program.
 *
 * @throws UserError, ConfigurationError when something is to be put right first; RunFailed when the
 * program fails, UserError when it is refused, after why has been printed.
 */
export async function start(options: StartOptions): Promise<void> {
  const setup = await setUp(options);
  const display = new Display(options.terminal, setup.identity);
  const { issuer, cloud } = await startServices(options, setup, display);
  const page = await startPage(setup, options, display);
  const notify: Notify = (line, notice) => {
    display.notify(line, notice);
  };
  const session = new StackSession({
    ...options,
    ...setup,
    environment: { ...issuerEnvironment(issuer.url), ...listsLoadedFiles(setup.dataDir) },
    cloud: restoreCloud(cloud, { ...setup, notify }),
  });
  const watched = { ...options, ...setup, display, bundler: new Bundler() };
  const started = options.watch ? startWatcher(watched) : undefined;
  const check = (planned: ProgramResult) => {
    requireInspected(options, planned.resources);
  };
  const result = await session.run({ ...watched, check });
  (await cloud).resume();
  display.showDiagnostics();
  display.showResult(result);
  injectFaults(setup.faults, options, display);
  const resources = [...result.resources];
  const show = async (applied: AppliedResult, { config }: Pick<Setup, "config">) => {
    const endpoints = { ...(await cloud).endpoints, oidcIssuer: issuer.url, page: page.url };
    page.show({ result: applied, config, endpoints, cloud: await cloud });
    resources.splice(0, resources.length, ...applied.resources);
    await locateCode(watched, await cloud, resources);
    return { endpoints, files: await writeRunFiles(setup.dataDir, endpoints, applied) };
  };
  const usable = await show(result, setup);
  if (started) {
    const functionWatch = watchFunctions(watched, started, await cloud, resources);
    const account = accountOf(setup.config);
    const run = { ...setup, ...started, functionWatch, account, session, onApplied: show };
    await watchProgram({ ...options, ...run, options, display });
  }
  await startInspection(watched, await cloud, resources);
  sayHowToUse(options, setup, display, { ...usable, result });
}

async function setUp(options: StartOptions): Promise<Setup> {
  const project = await loadProject(options.projectDir);
  const config = await loadConfig(project, options, options.redactor);
  const folder = await openDataFolder(options.data, options.fresh);
  options.shutdown.add(folder.release);
  const faults = options.faults && new Faults({ seed: options.faultsSeed });
  const identity = { project: project.name, stack: options.stack };
  return { project, config, identity, dataDir: folder.path, faults };
}

/** Starts the issuer and the cloud, which may still be starting when this returns. */
async function startServices(
  options: StartOptions,
  { project, config, dataDir, faults }: Setup,
  display: Display,
) {
  const notify: Notify = (line, notice) => {
    display.notify(line, notice);
  };
  const audience = audienceOf(project, config);
  const issuer = await startLocalIssuer({ dataDir, audience, notify }, options.shutdown);
  const cloudOptions = {
    port: options.port,
    host: options.host,
    dataDir,
    account: accountOf(config),
    faults,
    notify,
    lambda: {
      sourceDir: project.programDir,
      archiveDir: archiveDirOf(dataDir),
      maxEnvironments: options.processes,
    },
  };
  const cloud: Promise<LocalCloud> = startLocalCloud(
    options.startCloud,
    cloudOptions,
    options.shutdown,
  );
  void cloud.then(
    ({ traces }) => traces.subscribe(requestLines(display.printer)),
    () => undefined,
  );
  return { issuer, cloud };
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

function sayHowToUse(
  { data, host }: Options,
  { dataDir, project, config }: Setup,
  display: Display,
  { endpoints, files, result }: UsableRun,
): void {
  display.printer.decoration("");
  const settings = { data, endpoints, config: config.values };
  const lines = welcome(project.programDir, result.outputs, files, settings);
  for (const line of [...lines, "", ...serviceLines(endpoints, data)]) {
    display.printer.decoration(line);
  }
  const warning = hostWarning(host);
  if (warning !== undefined) {
    display.line(`\n${warning}`);
  }
  display.printer.decoration(`\nSee it at ${endpoints.page}`);
  // Counted from the start of the process, so that loading the code is part of it.
  const seconds = Number((performance.now() / 1000).toFixed(3));
  const ready = { type: "ready", seconds, dataFolder: dataDir, page: endpoints.page } as const;
  display.line(`Ready in ${seconds.toFixed(1)} s. Ctrl-C stops.`, ready);
}
