import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { commandsOfGroup, endTree } from "../descendants";
import type { FromWorker, TestEvent, ToWorker } from "./messages";
import { quickGo } from "./quick-go";
import { inspectable, whereIs } from "./whereabouts";

/** How long processes may take to notice that the one of the tests is gone. */
const graceMs = 3000;

/** What tsx calls the folder, in that for temporary files, in which it keeps what it makes of TypeScript. */
const tsxCache = `tsx-${process.geteuid?.() ?? userInfo().username}`;

/**
 * Most of what tests make is soon done with. In a new space that begins at this size, in MiB, little of it
 * is looked at before that, where one that grows from 1 MiB on takes up to a tenth of their time.
 */
const newSpace = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

/** How a process of tests is run. */
export interface WorkerOptions {
  /** The folder for the temp folders of processes. */
  tempDir: string;
  /** A process that is held up for so many milliseconds is ended. */
  patienceMs: number;
}

/** What came of a file of tests. */
export interface FileResult {
  /** The file, from the project's folder on. */
  name: string;
  events: TestEvent[];
  /** What it printed by itself. */
  output: string;
  /** The titles of tests that did not run. */
  notRun: string[];
  /** What is wrong beside tests that failed. */
  problems: string[];
}

/** What has happened in the file that is running. */
interface Progress {
  events: TestEvent[];
  planned: string[][];
  running: string[];
  problems: string[];
}

/** A process that runs files of tests, one after the other. */
export class Worker {
  readonly #patienceMs: number;
  readonly #child: ChildProcess;
  readonly #tempDir: string;
  /** Gets how it ended. */
  readonly #exited: Promise<string>;
  #progress = newProgress();
  #output = "";
  #heardAt = performance.now();
  #done: () => void = () => undefined;
  #heldUpAt: string | undefined;

  constructor({ tempDir, patienceMs }: WorkerOptions) {
    this.#patienceMs = patienceMs;
    this.#tempDir = mkdtempSync(join(tempDir, "w"));
    shareTsxCache(this.#tempDir);
    this.#child = fork(join(__dirname, "worker-main.ts"), {
      execArgv: ["--import", "tsx", ...newSpace, inspectable],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // In a group of its own, so that Ctrl-C reaches it through us alone.
      detached: true,
      env: {
        ...process.env,
        ...quickGo("512MiB"),
        TMPDIR: this.#tempDir,
        // What all processes load is compiled once: by Node.js, and by Pulumi's SDK.
        NODE_COMPILE_CACHE: join(tempDir, "compile-cache"),
        TS_NODE_CACHE_DIRECTORY: join(tempDir, "ts-node"),
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
    this.#child.on("message", (message: FromWorker) => {
      this.#hear(message);
    });
    this.#exited = this.#exit();
  }

  /** Whether it can run another file. */
  get isUsable(): boolean {
    return this.#child.connected;
  }

  /** Runs a file. If the process ends meanwhile, the test that was running has failed. */
  async run(file: string): Promise<FileResult> {
    const name = relative(process.cwd(), file);
    const problem = await this.#ask({ kind: "run", file });
    const { events, planned, running, problems } = this.#progress;
    const reported = events.flatMap((event) => ("test" in event ? [titleOf(event.test.path)] : []));
    if (problem !== undefined) {
      const title = titleOf(running);
      const path = running.length > 0 && !reported.includes(title) ? running : [name];
      const error = { name: "Error", message: problem };
      events.push({ kind: "fail", test: { path, slowMs: Infinity }, error });
      reported.push(titleOf(path));
    }
    const notRun = without(planned.map(titleOf), reported);
    return { name, events, output: this.#output, notRun, problems };
  }

  /**
   * Ends what its files share, and the process.
   *
   * @returns what was wrong.
   */
  async end(): Promise<string[]> {
    if (!this.isUsable) {
      await this.kill();
      return [];
    }
    const problem = await this.#ask({ kind: "end" });
    const late = problem ?? (await this.#endedInTime());
    const { problems } = this.#progress;
    const left = (await this.#leftInGroup()).map((command) => `A process was left: ${command}`);
    await this.kill();
    return [...problems, ...left, ...(late === undefined ? [] : [late])];
  }

  /** Ends it at once, with all processes that tests have started. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      endTree(pid);
    }
    await this.#exited;
    this.#endGroup();
    rmSync(this.#tempDir, { recursive: true, force: true });
  }

  /**
   * Tells it what to do, and waits until that is done.
   *
   * @returns why it was not done.
   */
  async #ask(message: ToWorker): Promise<string | undefined> {
    this.#progress = newProgress();
    this.#output = "";
    this.#heardAt = performance.now();
    const done = new Promise<undefined>((resolve) => {
      this.#done = () => {
        resolve(undefined);
      };
    });
    this.#child.send(message, () => {
      // That it could not be sent is known by its end.
    });
    const watch = setInterval(() => {
      if (performance.now() - this.#heardAt > this.#patienceMs) {
        clearInterval(watch);
        void this.#giveUp();
      }
    }, this.#patienceMs / 10);
    const end = await Promise.race([done, this.#exited]);
    clearInterval(watch);
    return this.#heldUpAt === undefined
      ? end && `The process of the tests ended with ${end}.`
      : `It held up its process for ${this.#patienceMs / 1000} s, which was ended then.\n${this.#heldUpAt}`;
  }

  async #giveUp(): Promise<void> {
    const { pid } = this.#child;
    this.#heldUpAt = pid === undefined ? "" : await whereIs(pid, () => this.#output);
    await this.kill();
  }

  async #endedInTime(): Promise<string | undefined> {
    const controller = new AbortController();
    const late = setTimeout(this.#patienceMs, "late", controller).catch(() => "aborted");
    const end = await Promise.race([this.#exited, late]);
    controller.abort();
    return end === "late" ? "The process of the tests did not end when they were over." : undefined;
  }

  /** What it has told before it ended is heard first. */
  async #exit(): Promise<string> {
    const [[code, signal]] = (await Promise.all([
      once(this.#child, "exit"),
      once(this.#child, "disconnect"),
    ])) as [[number | null, NodeJS.Signals | null], unknown];
    return signal === null ? `the exit code ${code}` : `the signal ${signal}`;
  }

  #hear(message: FromWorker): void {
    this.#heardAt = performance.now();
    const progress = this.#progress;
    switch (message.kind) {
      case "alive":
        break;
      case "planned":
        progress.planned = message.paths;
        break;
      case "running":
        progress.running = message.path;
        break;
      case "finished":
      case "ended":
        progress.problems = message.problems;
        this.#done();
        break;
      case "suite":
      case "suite end":
      case "pass":
      case "pending":
      case "fail":
        progress.events.push(message);
        break;
    }
  }

  /** The commands of what tests have started and not ended. Some need a moment to see that they are alone. */
  async #leftInGroup(): Promise<string[]> {
    const deadline = performance.now() + graceMs;
    let left = this.#groupCommands();
    while (left.length > 0 && performance.now() < deadline) {
      await setTimeout(50);
      left = this.#groupCommands();
    }
    return left;
  }

  #groupCommands(): string[] {
    return this.#child.pid === undefined ? [] : commandsOfGroup(this.#child.pid);
  }

  #endGroup(): void {
    try {
      process.kill(-(this.#child.pid ?? NaN), "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
        throw error;
      }
    }
  }
}

/** Each process has a temp folder of its own, where it would begin by making all of TypeScript anew. */
function shareTsxCache(tempDir: string): void {
  const shared = join(tmpdir(), tsxCache);
  mkdirSync(shared, { recursive: true });
  symlinkSync(shared, join(tempDir, tsxCache));
}

function newProgress(): Progress {
  return { events: [], planned: [], running: [], problems: [] };
}

function titleOf(path: readonly string[]): string {
  return path.join(" ");
}

/** The titles that are left when each of the others is taken away once: several tests may have one title. */
function without(titles: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const title of others) {
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return titles.filter((title) => {
    const count = counts.get(title) ?? 0;
    counts.set(title, count - 1);
    return count <= 0;
  });
}
