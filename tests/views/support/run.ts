import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseOptions } from "../../../local/cli/options";
import { Redactor } from "../../../local/cli/redactor";
import { Shutdown } from "../../../local/cli/shutdown";
import { start } from "../../../local/cli/start";
import { startCloud } from "../../../local/cloud";
import { connect, type Stack } from "../../e2e/support/stack";
import { atEnd } from "../../support/at-end";

/** The program as `npm start` runs it, in this process, with its page. */
export interface ViewedRun {
  /** Address of the page. */
  page: string;
  stack: Stack;
}

const runs = new Map<string, Promise<ViewedRun>>();

/**
 * The run that all specs of this process share which ask for the same; it ends with the last test.
 *
 * @param config as on the command line, such as `oidcIssuer=local`.
 */
export async function viewedRun(...config: string[]): Promise<ViewedRun> {
  const key = config.join();
  const run = runs.get(key) ?? startRun(config);
  runs.set(key, run);
  return await run;
}

async function startRun(config: readonly string[]): Promise<ViewedRun> {
  const dataDir = mkdtempSync(join(tmpdir(), "views-"));
  const shutdown = new Shutdown();
  atEnd(async () => {
    await shutdown.run();
    rmSync(dataDir, { recursive: true });
  });
  const values = config.flatMap((value) => ["-c", value]);
  await start({
    // Policies have tests of their own.
    ...parseOptions(["--port=0", "--no-policy", `--data=${dataDir}`, ...values]),
    projectDir: join(__dirname, "..", "..", ".."),
    startCloud,
    terminal: { write: () => undefined },
    redactor: new Redactor(),
    signal: new AbortController().signal,
    shutdown,
  });
  const { page } = JSON.parse(readFileSync(join(dataDir, "endpoints.json"), "utf8")) as {
    page: string;
  };
  return { page, stack: connect(dataDir) };
}
