import { createServer } from "node:net";
import { listen, loopback } from "../aws/http";
import type { CodeSources } from "../aws/lambda/code-sources";
import { portHolder } from "../aws/port-holder";
import type { Project } from "../engine/project";
import type { RegisteredResource } from "../engine/registered-resource";
import type { Bundler } from "../watch/bundler";
import { findBundles, shownNameOf } from "../watch/recipes";
import type { Display } from "./display";
import { findFunction } from "./find-function";
import type { LocalCloud } from "./local-cloud";
import type { Options } from "./options";
import type { Shutdown } from "./shutdown";
import { functionType } from "./start-watch";
import { isSystemError } from "./user-error";

/** Where debuggers look for Node.js. */
const defaultPort = 9229;

/** A run in which a function may be inspected. */
export interface InspectedRun extends Pick<Options, "inspect"> {
  project: Project;
  bundler: Bundler;
  display: Display;
  shutdown: Shutdown;
}

/**
 * Makes sure that the command line names a function, if it does, as soon as their names are known.
 *
 * @throws UserError when it names no function, or several.
 */
export function requireInspected(
  { inspect }: Pick<Options, "inspect">,
  resources: readonly RegisteredResource[],
): void {
  inspectedOf(inspect, resources);
}

/**
 * Lets people attach a debugger to the function that the command line names, or else to the first one that
 * is invoked, and says where.
 *
 * @throws UserError when it names no function, or several.
 */
export async function startInspection(
  { inspect, project: { programDir }, bundler, display, shutdown }: InspectedRun,
  { functions }: Pick<LocalCloud, "functions">,
  resources: readonly RegisteredResource[],
): Promise<void> {
  if (inspect === undefined) {
    return;
  }
  const functionName = inspectedOf(inspect, resources);
  const port = await freePort(display);
  const place = `at ${loopback}:${port} (chrome://inspect, or VS Code: "Attach to a function")`;
  if (functionName === undefined) {
    display.notify(`Inspect the first function that is invoked ${place}.`);
  }
  shutdown.add(() => bundler.stop());
  await functions.inspect({
    port,
    functionName,
    overlayOf: (sources) => readableCode(sources, programDir, bundler),
    onStarted: ({ settings: { name }, sources }) => {
      const shownName = shownNameOf(name, findBundles(sources.all(), programDir));
      display.notify(
        `Inspect ${shownName} ${place}. Neither its timeout nor API Gateway's ends it meanwhile.`,
      );
    },
  });
}

/** The name in AWS of the function that the command line names, if it names one. */
function inspectedOf(
  inspect: Options["inspect"],
  resources: readonly RegisteredResource[],
): string | undefined {
  const functions = resources
    .filter(({ type }) => type === functionType)
    .map(({ id, name }) => ({ name: id ?? name, logicalName: name }));
  return typeof inspect === "string" ? findFunction(inspect, functions) : undefined;
}

/** What can be built again of a function's code, as people have written it; bundles that cannot be stay as they are. */
async function readableCode(sources: CodeSources, programDir: string, bundler: Bundler) {
  const files: (readonly [string, Uint8Array])[] = [];
  for (const bundle of findBundles(sources.all(), programDir)) {
    const built = await bundler.buildForDebugger(bundle);
    files.push(...("errors" in built ? [] : built.files));
  }
  return new Map(files);
}

/** Debuggers' own port, or any other if that is taken, which is said. */
async function freePort(display: Display): Promise<number> {
  try {
    return await tryPort(defaultPort);
  } catch (error) {
    if (!isSystemError(error, "EADDRINUSE", "EACCES")) {
      throw error;
    }
    const holder = portHolder(defaultPort);
    const port = await tryPort(0);
    display.notify(
      `Port ${defaultPort} of debuggers is taken${holder === undefined ? "" : ` by ${holder}`}; attach to ${port}.`,
    );
    return port;
  }
}

async function tryPort(port: number): Promise<number> {
  const server = createServer();
  const found = await listen(server, port);
  await new Promise((resolve) => server.close(resolve));
  return found;
}
