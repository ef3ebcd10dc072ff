import { dirname, join } from "node:path";
import type * as TypeScript from "typescript";
import { isIn } from "../watcher";
import type { TypeProblem } from "./protocol";
import { toProblem } from "./to-problem";

/** Watches that the compiler would set up, had it to find changes itself. */
interface Watches<Callback> {
  path: string;
  callback: Callback;
}

type WatchedFile = Watches<TypeScript.FileWatcherCallback> & { exists: boolean };
type WatchedFolder = Watches<TypeScript.DirectoryWatcherCallback> & { recursive: boolean };

/** Checks the types of sources, and after a change only of what it concerns. */
export class Check {
  readonly #ts: typeof TypeScript;
  readonly #files = new Set<WatchedFile>();
  readonly #folders = new Set<WatchedFolder>();
  readonly #program: TypeScript.WatchOfFilesAndCompilerOptions<TypeScript.SemanticDiagnosticsBuilderProgram>;
  readonly #ambient: readonly string[];

  /**
   * @param ts the program's own compiler.
   * @throws Error when the program's `tsconfig.json` is missing or wrong.
   */
  constructor(ts: typeof TypeScript, programDir: string, entryPoints: readonly string[]) {
    this.#ts = ts;
    const { options, fileNames } = readConfig(ts, programDir);
    // What nothing imports but what is there all the same.
    this.#ambient = fileNames.filter((name) => name.endsWith(".d.ts"));
    const host = ts.createWatchCompilerHost(
      [...this.#ambient, ...entryPoints],
      options,
      this.#system(),
      ts.createSemanticDiagnosticsBuilderProgram,
      () => undefined,
      () => undefined,
    );
    // It would write and report at once.
    host.afterProgramCreate = () => undefined;
    this.#program = ts.createWatchProgram(host);
  }

  /** The errors that there are now. */
  errors(entryPoints: readonly string[], changed: readonly string[]): TypeProblem[] {
    for (const path of changed) {
      this.#tell(path);
    }
    this.#program.updateRootFileNames([...this.#ambient, ...entryPoints]);
    const program = this.#program.getProgram();
    const found = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...program.getSyntacticDiagnostics(),
      ...program.getSemanticDiagnostics(),
    ];
    const errors = found.filter(({ category }) => category === this.#ts.DiagnosticCategory.Error);
    return errors.map((error) => toProblem(this.#ts, error));
  }

  /** The machine as the compiler sees it: told of changes instead of looking for them. */
  #system(): TypeScript.System {
    const { sys } = this.#ts;
    return {
      ...sys,
      watchFile: (path, callback) =>
        watchIn(this.#files, { path, callback, exists: sys.fileExists(path) }),
      watchDirectory: (path, callback, recursive = false) =>
        watchIn(this.#folders, { path, callback, recursive }),
      // It updates when it is asked.
      setTimeout: undefined,
      clearTimeout: undefined,
    };
  }

  #tell(path: string): void {
    for (const file of [...this.#files].filter((each) => isIn(path, each.path))) {
      const exists = this.#ts.sys.fileExists(file.path);
      file.callback(file.path, this.#eventOf(file.exists, exists));
      file.exists = exists;
    }
    for (const { path: folder, recursive, callback } of [...this.#folders]) {
      if (recursive ? isIn(folder, path) : dirname(path) === folder) {
        callback(path);
      }
    }
  }

  #eventOf(existed: boolean, exists: boolean): TypeScript.FileWatcherEventKind {
    const { Changed, Created, Deleted } = this.#ts.FileWatcherEventKind;
    if (!exists) {
      return Deleted;
    }
    return existed ? Changed : Created;
  }
}

function readConfig(ts: typeof TypeScript, programDir: string) {
  const file = join(programDir, "tsconfig.json");
  const problems: TypeScript.Diagnostic[] = [];
  const config = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true, incremental: false, composite: false, skipLibCheck: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => problems.push(problem) },
  );
  const [problem] = [...problems, ...(config?.errors ?? [])];
  if (config === undefined || problem !== undefined) {
    const text = problem && ts.flattenDiagnosticMessageText(problem.messageText, " ");
    throw new Error(text ?? `${file} cannot be read.`);
  }
  return config;
}

function watchIn<Watch>(watches: Set<Watch>, watch: Watch): TypeScript.FileWatcher {
  watches.add(watch);
  return {
    close: () => {
      watches.delete(watch);
    },
  };
}
