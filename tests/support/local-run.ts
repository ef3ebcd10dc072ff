import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedByAll } from "./at-end";

const projectDir = join(__dirname, "..", "..");
const startTimeoutMs = 120_000;

/** Room for a process of each function: with less, requests would have processes ended and started in turns. */
export const maxEnvironments = 24;

/** `npm start` in a process of its own. */
export interface LocalRun {
  dataDir: string;
  /** What it has printed so far, on both streams. */
  output(): string;
  /** The exit code, once it has ended. */
  exited: Promise<number | null>;
  pid: number;
  /** Sends `signal` and waits for the end; the data folder stays. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Stops it and removes its data folder. */
  remove(): Promise<void>;
}

/**
 * Starts the program locally on free ports. It may still be starting, or have failed.
 *
 * @param folder of a checkout. Default: this one.
 * @param watch whether it takes up changes of files; other tests may be writing some.
 */
export function spawnLocalRun(
  args: string[] = [],
  dataDir = newDataDir(),
  folder = projectDir,
  watch = false,
): LocalRun {
  // Checkouts of before know neither a watch nor the option.
  const watching = watch || !existsSync(join(folder, "local", "watch")) ? [] : ["--no-watch"];
  mkdirSync(tempDirOf(dataDir), { recursive: true });
  const child = spawn(
    process.execPath,
    [...startCommand(folder), "--port", "0", "--data", dataDir, ...watching, ...args],
    {
      cwd: folder,
      // What a run that is killed leaves in there goes with its data.
      env: { ...process.env, TMPDIR: tempDirOf(dataDir) },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
  }
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const stop = (signal: NodeJS.Signals = "SIGTERM") => end(child, exited, signal);
  return {
    dataDir,
    output: () => chunks.join(""),
    exited,
    pid: child.pid ?? 0,
    stop,
    async remove() {
      await stop();
      for (const dir of [dataDir, tempDirOf(dataDir)]) {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}

/** Starts the program locally and waits until it serves. */
export async function startLocalRun(
  args?: string[],
  dataDir?: string,
  folder?: string,
  watch?: boolean,
): Promise<LocalRun> {
  const run = spawnLocalRun(args, dataDir, folder, watch);
  await waitFor(() => run.output().includes("Ready in"), run);
  return run;
}

/** One without options that all specs share which look at what each run has, and leave it as it was. */
export const sharedLocalRun = sharedByAll(() => startLocalRun());

/** Waits until `condition` holds; fails with the run's output when it ends or takes too long. */
async function waitFor(condition: () => boolean | Promise<boolean>, run: LocalRun): Promise<void> {
  const end = run.exited.then(() => "ended" as const);
  const deadline = Date.now() + startTimeoutMs;
  while (!(await condition())) {
    const state = Date.now() > deadline ? "took too long" : await Promise.race([end, pause()]);
    if (state !== undefined) {
      await run.stop("SIGKILL");
      throw new Error(`the local run ${state}:\n${run.output()}`);
    }
  }
}

async function pause(): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return undefined;
}

/** The arguments of Node.js in `npm start`. */
function startCommand(folder: string): string[] {
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
}

/** Beside the data folder, which a run keeps to itself. */
function tempDirOf(dataDir: string): string {
  return `${dataDir}-tmp`;
}

function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), "darkroom-"));
}

async function end(
  child: ChildProcess,
  exited: Promise<number | null>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
  }
  return exited;
}
