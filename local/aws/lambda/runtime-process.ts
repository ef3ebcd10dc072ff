import { spawn, type ChildProcess } from "node:child_process";
import { dirname } from "node:path";

import { loopback } from "../http";
import { OutputFile } from "./output-file";
import type { Answer, Invocation, Ready } from "./protocol";

/** How to start the process of a function. */
export interface ProcessOptions {
  /** The runtime's main program. */
  bootstrap: string;
  /** All environment variables. */
  variables: Record<string, string>;
  memoryMb: number;
  /** Working directory, which holds the unzipped archive. */
  taskRoot: string;
  /** Where debuggers may attach, on 127.0.0.1. Default: nowhere. */
  inspectorPort?: number | undefined;
  /** Receives the lines that the function writes to stdout and stderr. */
  onLines: (lines: string[]) => void;
}

/** The end of a process that nobody asked for. */
export interface Exit {
  kind: "exit";
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What came of one invocation. */
export type Outcome = Answer | Exit | { kind: "timeout" };

/**
 * Of each of the two, one for new objects and one that they are moved to; V8 fills what it gets. With 4 MB
 * a process would take 4 MB more, and no less of the processor.
 */
const maxSemiSpaceMb = 2;

/**
 * What the C library goes by when a process starts: with an arena for each thread, as it has them else, a
 * process would keep some 10 MB more. Functions do not get to see it, unless they set it themselves.
 */
const startVariables = { MALLOC_ARENA_MAX: "2" };

/** Lines of an invocation that takes longer are read that often, in milliseconds. */
const readIntervalMs = 250;

const inspectorLines = new Set(["Debugger attached.", "Waiting for the debugger to disconnect..."]);

/** The process of one execution environment. It runs one invocation at a time. */
export class RuntimeProcess {
  /** Resolves once the process has ended and all its output was read. */
  readonly ended: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #output: OutputFile;
  readonly #reading: NodeJS.Timeout;
  readonly #started: Promise<Answer | Ready | Exit>;
  /** Who waits for something of it, and is told when it ends instead. */
  readonly #waiting = new Set<(exit: Exit) => void>();
  #exit: Exit | undefined;
  #startedAt: number | undefined;

  constructor(options: ProcessOptions) {
    this.#output = new OutputFile(dirname(options.bootstrap), withoutInspector(options));
    this.#child = start(options, this.#output.descriptor);
    this.#reading = setInterval(() => {
      this.readOutput();
    }, readIntervalMs).unref();
    this.ended = this.#end();
    this.#started = this.#unlessEnded(this.#message<Answer | Ready>());
    void this.#started.then(() => {
      this.#startedAt = performance.now();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** When the handler was loaded, or failed to; by the clock of `performance.now()`. */
  get startedAt(): number | undefined {
    return this.#startedAt;
  }

  /** Passes on the lines that were written since, which nobody waits for otherwise. */
  readOutput(): void {
    this.#output.read();
  }

  /**
   * Waits until the handler is loaded.
   *
   * @returns what went wrong, if anything did.
   */
  async initialize(timeoutMs: number): Promise<Outcome | undefined> {
    const started = await this.#within(timeoutMs, this.#started);
    this.readOutput();
    return started.kind === "ready" ? undefined : started;
  }

  /** Runs the handler. A function that takes longer than `timeoutMs` is killed with its process. */
  async invoke(invocation: Invocation, timeoutMs: number): Promise<Outcome> {
    const answered = this.#message<Answer>().then((answer) => {
      this.#output.endLines();
      return answer;
    });
    this.#child.send(invocation, () => {
      // Sending fails when the process has just ended, and then `ended` tells.
    });
    return this.#within(timeoutMs, this.#unlessEnded(answered));
  }

  /**
   * Runs the handler, but kills the process after `afterMs`, or at the end of the handler if that
   * comes first, so that nobody gets to know the result.
   */
  async invokeAndCrash(invocation: Invocation, afterMs: number): Promise<Outcome> {
    await this.invoke(invocation, afterMs);
    await this.kill();
    return this.ended;
  }

  /** Ends the process at once and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  async #end(): Promise<Exit> {
    const exit = await exitOf(this.#child);
    clearInterval(this.#reading);
    this.#output.close();
    this.#exit = exit;
    this.#waiting.forEach((tell) => {
      tell(exit);
    });
    return exit;
  }

  /**
   * What comes first, this or the end. Not by `Promise.race`, for which `ended` would hold on to all
   * answers that there have been for as long as the process lives.
   */
  async #unlessEnded<Came>(coming: Promise<Came>): Promise<Came | Exit> {
    if (this.#exit) {
      return this.#exit;
    }
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      void coming.then((came) => {
        this.#waiting.delete(resolve);
        resolve(came);
      });
    });
  }

  async #message<Message>(): Promise<Message> {
    return new Promise((resolve) => {
      this.#child.once("message", (message) => {
        resolve(message as Message);
      });
    });
  }

  async #within<T extends { kind: string }>(
    timeoutMs: number,
    outcome: Promise<T>,
  ): Promise<T | { kind: "timeout" }> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<{ kind: "timeout" }>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, { kind: "timeout" });
    });
    const first = await Promise.race([outcome, late]);
    clearTimeout(timer);
    if (first.kind === "timeout") {
      await this.kill();
    }
    return first;
  }
}

/** What Node.js writes about debuggers is none of the function's lines. */
function withoutInspector({ inspectorPort, onLines }: ProcessOptions): (lines: string[]) => void {
  return inspectorPort === undefined
    ? onLines
    : (lines) => {
        onLines(lines.filter((line) => !inspectorLines.has(line)));
      };
}

/** @param output what it writes to. */
function start(options: ProcessOptions, output: number): ChildProcess {
  // The shares of memory that the runtime of Lambda gives to V8, but less for new objects: that decides
  // only how often they are collected, and functions of images would fill 100 MB a process with them.
  const semiSpaceMb = Math.min(Math.floor(options.memoryMb * 0.05), maxSemiSpaceMb);
  const memory = [
    `--max-semi-space-size=${semiSpaceMb}`,
    `--max-old-space-size=${Math.floor(options.memoryMb * 0.9)}`,
  ];
  const inspector =
    options.inspectorPort === undefined
      ? []
      : [`--inspect=${loopback}:${options.inspectorPort}`, "--inspect-publish-uid=http"];
  const hidden = Object.keys(startVariables).filter((name) => !(name in options.variables));
  return spawn(process.execPath, [...memory, ...inspector, options.bootstrap, ...hidden], {
    cwd: options.taskRoot,
    env: { ...startVariables, ...options.variables },
    stdio: ["ignore", output, output, "ipc"],
    // Events and results are JSON: in JSON once more, each of their quotes would be escaped and read anew.
    serialization: "advanced",
  });
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ kind: "exit", code, signal });
    });
    // The system could not start it, for want of memory or of process ids.
    child.once("error", () => {
      resolve({ kind: "exit", code: null, signal: null });
    });
  });
}
