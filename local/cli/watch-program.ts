import { once } from "node:events";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Account } from "../aws/types";
import { loadedFilesVariable, takeLoadedFiles } from "../watch/loaded-files";
import { loadProject } from "../engine/project";
import type { Project } from "../engine/project";
import { RunFailed } from "../engine/run-failed";
import type { StackConfig } from "../engine/stack-config";
import type { StackIdentity } from "../engine/urn";
import type { Faults } from "../faults/faults";
import type { FunctionWatch } from "../watch/function-watch";
import { isProgramSource, ProgramWatch } from "../watch/program-watch";
import type { ProgramSources } from "../watch/program-watch";
import { errorText, messageOf } from "../watch/swap-lines";
import { ProgramTypes } from "../watch/types/program-types";
import type { TypeProblem } from "../watch/types/protocol";
import type { Watcher } from "../watch/watcher";
import { accountOf } from "./account";
import { Display } from "./display";
import { loadConfig } from "./load-config";
import type { Options } from "./options";
import type { Terminal } from "./printer";
import { SupersededError } from "./planning";
import type { Redactor } from "./redactor";
import { packFolder } from "./run-accepted";
import { report } from "./run-command";
import type { Shutdown } from "./shutdown";
import type { AppliedResult, StackSession } from "./stack-session";
import { UserError } from "./user-error";

export interface WatchProgramOptions {
  /** The command line. */
  options: Options;
  project: Project;
  /** What the local cloud was started for. */
  account: Account;
  identity: StackIdentity;
  dataDir: string;
  faults: Faults | undefined;
  session: StackSession;
  watcher: Watcher;
  /** The watch of the functions, whose sources may be the program's, too. */
  functionWatch: Pick<FunctionWatch, "isWellTyped">;
  /** What has changed since the program was started. */
  changed: ReadonlySet<string>;
  terminal: Terminal;
  /** That of the start. */
  display: Pick<Display, "notify">;
  redactor: Redactor;
  shutdown: Shutdown;
  signal: AbortSignal;
  /** Gets what the stack has been brought to, and with which config. */
  onApplied: (result: AppliedResult, given: { config: StackConfig }) => Promise<unknown>;
}

/** The variable by which a program's process lists the files that it has loaded. */
export function listsLoadedFiles(dataDir: string): Readonly<Record<string, string>> {
  return { [loadedFilesVariable]: loadedFilesList(dataDir) };
}

/** Applies the program whenever what it is made of changes, until the end of the command. */
export async function watchProgram(options: WatchProgramOptions): Promise<void> {
  const { watcher, functionWatch, display, shutdown } = options;
  const sources = await sourcesOf(options);
  const types = new ProgramTypes({
    ...options,
    programDir: options.project.programDir,
    notify: (line) => {
      display.notify(line);
    },
  });
  const watch = new ProgramWatch({
    subscribe: (listener) => watcher.subscribe(listener),
    isSource: (path) => isProgramSource(path, sources),
    mayApply: () => functionWatch.isWellTyped(),
    onHeld: () => {
      display.notify("~ The program waits until the types of its functions are right");
    },
    apply: async (superseded) => {
      const problems = types.problems(sources.loaded);
      sources.hasFailed = !(await applyAnew(options, superseded, problems));
      const loaded = (await loadedFiles(options)) ?? sources.loaded;
      // Node.js forgets modules that fail, and others were not come to.
      sources.loaded = sources.hasFailed ? new Set([...sources.loaded, ...loaded]) : loaded;
    },
  });
  shutdown.add(() => types.stop());
  shutdown.add(() => watch.stop());
  watch.start(options.changed);
}

async function sourcesOf(options: WatchProgramOptions): Promise<ProgramSources> {
  const { dir, stackDir, programDir } = options.project;
  return {
    loaded: (await loadedFiles(options)) ?? new Set(),
    settings: new Set([
      join(dir, "Pulumi.yaml"),
      join(stackDir, `Pulumi.${options.identity.stack}.yaml`),
    ]),
    packDir: packFolder(dir),
    programDir,
    hasFailed: false,
  };
}

/** What fails is printed, and the stack goes on as it was. @returns whether nothing has failed. */
async function applyAnew(
  options: WatchProgramOptions,
  superseded: AbortSignal,
  problems: Promise<readonly TypeProblem[]>,
): Promise<boolean> {
  const { session, terminal, identity, redactor, signal, faults, onApplied } = options;
  const started = performance.now();
  const display = new Display(terminal, identity);
  const ended = AbortSignal.any([signal, superseded]);
  const tellTypes = async () => tellProblems(await unlessEnded(problems, ended), options, display);
  faults?.set([]);
  try {
    const { project, config } = await loadAnew(options);
    const check = async () => {
      if (await tellTypes()) {
        throw new UserError(
          "the types of the program are wrong, for which Pulumi would not run it; nothing was changed",
        );
      }
    };
    const result = await session.run({ project, config, display, signal, superseded, check });
    display.showDiagnostics();
    display.showResult(result);
    await onApplied(result, { config });
    display.line(`\nApplied in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    return true;
  } catch (error) {
    if (error instanceof RunFailed) {
      // Perhaps that is why.
      await tellTypes();
    }
    if (!signal.aborted) {
      sayWhatFailed(error, display, redactor);
    }
    return false;
  } finally {
    faults?.set(options.options.faults ?? []);
  }
}

/** Waits for what is wrong with types no longer than anybody wants to know. */
async function unlessEnded(
  problems: Promise<readonly TypeProblem[]>,
  ended: AbortSignal,
): Promise<readonly TypeProblem[]> {
  const never = ended.aborted ? [] : once(ended, "abort").then(() => []);
  return await Promise.race([never, problems]);
}

/** @returns whether there was one to tell. */
async function tellProblems(
  problems: readonly TypeProblem[],
  { project }: WatchProgramOptions,
  display: Display,
): Promise<boolean> {
  if (problems.length > 0) {
    const messages = problems.map((problem) => messageOf(problem, project.programDir));
    display.notify(await errorText(messages, display.printer.colored));
  }
  return problems.length > 0;
}

function sayWhatFailed(error: unknown, display: Display, redactor: Redactor): void {
  if (error instanceof SupersededError) {
    display.line("~ The program has changed again, and is run anew");
    return;
  }
  report(error, redactor);
  display.line(
    display.hasChanged
      ? "What was done until then stays; the next change goes on from there."
      : "The stack goes on as it is.",
  );
}

/** @throws UserError when it is not the project or the region that the local cloud was started for. */
async function loadAnew(options: WatchProgramOptions) {
  const project = await loadProject(options.project.dir);
  const config = await loadConfig(project, options.options, options.redactor);
  const isSameCloud = isDeepStrictEqual(accountOf(config), options.account);
  if (project.name !== options.identity.project || !isSameCloud) {
    throw new UserError(
      "the name of the project and the region stay what they are until the next start",
    );
  }
  return { project, config };
}

function loadedFiles({ dataDir, project }: WatchProgramOptions) {
  return takeLoadedFiles(loadedFilesList(dataDir), project.programDir);
}

function loadedFilesList(dataDir: string): string {
  return join(dataDir, "loaded-files.json");
}
