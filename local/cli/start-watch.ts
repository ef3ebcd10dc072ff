import * as asset from "@pulumi/pulumi/asset";
import type { Project } from "../engine/project";
import { fromStruct, structOf } from "../engine/properties";
import type { RegisteredResource } from "../engine/registered-resource";
import { archiveDirOf, keptInputs } from "../provider/kept-inputs";
import { codeOriginOf } from "../provider/lambda";
import type { Properties } from "../provider/resource";
import type { Bundler } from "../watch/bundler";
import { FunctionWatch } from "../watch/function-watch";
import { Watcher } from "../watch/watcher";
import type { Display } from "./display";
import type { LocalCloud } from "./local-cloud";
import type { Shutdown } from "./shutdown";

export const functionType = "aws:lambda/function:Function";

/** What a watch is about. */
export interface WatchedRun {
  project: Project;
  /** It is not watched. */
  dataDir: string;
  display: Display;
  bundler: Bundler;
  shutdown: Shutdown;
}

/** A watcher, and what has changed since it was started. */
export interface StartedWatcher {
  watcher: Watcher;
  changed: ReadonlySet<string>;
}

/** Watches the project's folder. What cannot be watched is said, and the run goes on. */
export function startWatcher({ project, dataDir, display, shutdown }: WatchedRun): StartedWatcher {
  const watcher = new Watcher({
    folder: project.dir,
    ignored: [dataDir],
    onError: (error) => {
      display.notify(
        `Not all changes of files will be seen: ${error.message}. ` +
          "Start again after a change, or let the system watch more (fs.inotify.max_user_watches on Linux).",
      );
    },
  });
  shutdown.add(() => {
    watcher.stop();
    return Promise.resolve();
  });
  const changed = new Set<string>();
  watcher.subscribe((paths) => {
    paths.forEach((path) => changed.add(path));
  });
  watcher.start();
  return { watcher, changed };
}

/**
 * Tells the cloud's functions what the program makes them of, where it knows only the archives of an
 * earlier run.
 */
export async function locateCode(
  { project }: WatchedRun,
  { functions }: Pick<LocalCloud, "functions">,
  resources: readonly RegisteredResource[],
): Promise<void> {
  const present = new Set(functions.functions().map(({ settings }) => settings.name));
  for (const { type, id = "", inputs } of resources) {
    const { code } = type === functionType ? fromStruct(structOf(inputs)).values : {};
    if (asset.Archive.isInstance(code) && present.has(id)) {
      functions.setCodeOrigin(id, await codeOriginOf(code, project.programDir));
    }
  }
}

/** Swaps the code of functions whose sources change from now on. */
export function watchFunctions(
  { project, dataDir, display, bundler, shutdown }: WatchedRun,
  { watcher, changed }: StartedWatcher,
  { functions, inventory }: Pick<LocalCloud, "functions" | "inventory">,
  resources: readonly RegisteredResource[],
): FunctionWatch {
  const places = { archiveDir: archiveDirOf(dataDir), projectDir: project.programDir };
  const watch = new FunctionWatch({
    programDir: project.programDir,
    functions,
    bundler,
    watcher,
    colored: display.printer.colored,
    notify: (line) => {
      display.notify(line);
    },
    // So that the next start compares with what ran last.
    onSwapped: async (name) => {
      const item = inventory.find(functionType, name);
      const resource = resources.find(({ type, id }) => type === functionType && id === name);
      if (item && resource) {
        const { code } = await keptInputs(codeOf(resource), places);
        inventory.put({ ...item, inputs: { ...item.inputs, code } });
      }
    },
  });
  functions.awaited = (name) => watch.settled(name);
  shutdown.add(() => watch.stop());
  watch.start(changed);
  return watch;
}

function codeOf({ inputs }: RegisteredResource): Properties {
  return { code: inputs.code };
}
