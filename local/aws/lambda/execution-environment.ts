import { randomBytes } from "node:crypto";

import type { CodeSources } from "./code-sources";
import type { FunctionLog, LogStream } from "./function-log";
import { responseOf, type FunctionResponse } from "./function-response";
import type { FunctionDefinition } from "./function-definition";
import { limits } from "./limits";
import type { PlatformLog, Report } from "./platform-log";
import { failureMark, type Invocation } from "./protocol";
import { RuntimeProcess, type Outcome } from "./runtime-process";
import type { SourceFrames } from "./source-frames";
import { errorInLine, shownMessage, type ErrorTeller } from "./told-error";
import type { FunctionVersion } from "./versions/function-version";

/** A version of a function that can be run: what all its execution environments share. */
export interface DeployedFunction extends FunctionVersion {
  definition: Omit<FunctionDefinition, "zip">;
  /** The folder that holds the unzipped archive. */
  taskRoot: string;
  /** Where the archive's files come from. */
  sources: CodeSources;
  log: FunctionLog;
  frames: SourceFrames;
  errors: ErrorTeller;
  platformLog: PlatformLog;
  /** Environment variables of a new process. */
  variables: (logStream: string) => Record<string, string>;
}

/** One invocation that has ended. */
export interface Execution {
  response: FunctionResponse;
  /** Without the init phase. */
  durationMs: number;
  /** How long that took, in milliseconds; only of the first invocation. */
  initMs: number | undefined;
  /** All lines of the invocation's log. */
  logLines: readonly string[];
  /** The last 4 KB of the invocation's log. */
  logTail: string;
}

/** A process that runs a function, and the log stream that it writes to. */
export class ExecutionEnvironment {
  readonly deployed: DeployedFunction;
  readonly createdAt: Date;
  readonly #stream: LogStream;
  readonly #process: RuntimeProcess;
  readonly #startedAt = performance.now();
  /** For each invocation. */
  readonly #timeoutMs: number;
  #isCold = true;
  #isUsable = true;
  #maxMemoryMb = 0;
  #invocationLines: string[] = [];

  /**
   * @param bootstrap the runtime's main program.
   * @param inspectorPort where debuggers may attach, on 127.0.0.1; then it has all the time it takes.
   */
  constructor(deployed: DeployedFunction, bootstrap: string, now: Date, inspectorPort?: number) {
    this.deployed = deployed;
    this.#timeoutMs =
      inspectorPort === undefined ? deployed.settings.timeoutSeconds * 1000 : unlimitedMs;
    this.createdAt = now;
    const logStream = logStreamName(now, deployed.version);
    this.#stream = deployed.log.open(logStream);
    this.#log(deployed.platformLog.initStart());
    this.#process = new RuntimeProcess({
      bootstrap,
      variables: deployed.variables(logStream),
      memoryMb: deployed.settings.memoryMb,
      taskRoot: deployed.taskRoot,
      inspectorPort,
      onLines: (lines) => {
        this.#hold(lines.map((line) => deployed.frames.inLine(line.replace(failureMark, ""))));
        // Of a failure it is told that the function failed.
        lines
          .filter((line) => !line.includes(failureMark))
          .forEach((line) => {
            this.#tell(line);
          });
      },
    });
    void this.ended.then(() => {
      this.#isUsable = false;
      this.#stream.write([]);
    });
  }

  /** Whether the next invocation is its first, and waits for the handler to be loaded. */
  get isCold(): boolean {
    return this.#isCold;
  }

  /** How long its start took, in milliseconds; none while the handler is being loaded. */
  get startMs(): number | undefined {
    const { startedAt } = this.#process;
    return startedAt === undefined ? undefined : startedAt - this.#startedAt;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Resolves once the process is gone. */
  get ended(): Promise<unknown> {
    return this.#process.ended;
  }

  /** Whether it can run another invocation. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  async kill(): Promise<void> {
    this.#isUsable = false;
    await this.#process.kill();
  }

  /**
   * Runs one invocation; the first one waits for the handler to be loaded.
   *
   * @param crashAfterMs kills the process in the middle of it.
   */
  async run(invocation: Omit<Invocation, "deadline">, crashAfterMs?: number): Promise<Execution> {
    const { requestId } = invocation;
    const { settings, platformLog } = this.deployed;
    this.#process.readOutput();
    const early = this.#isCold ? this.#invocationLines : [];
    this.#invocationLines = [];
    const init = await this.#initialize();
    this.#hold(platformLog.start(requestId));
    const startedAt = performance.now();
    const outcome = init.failure ?? (await this.#invoke(invocation, crashAfterMs));
    const durationMs = performance.now() - startedAt;
    const executedVersion = this.deployed.version;
    const response = { ...responseOf(outcome, requestId, settings), executedVersion };
    await this.#retireAfter(outcome, response);
    const { initDurationMs: initMs } = init;
    this.#log(
      platformLog.report({
        requestId,
        ...statusOf(outcome, response),
        durationMs,
        ...(initMs !== undefined && { initDurationMs: initMs }),
        maxMemoryMb: Math.min(this.#maxMemoryMb, settings.memoryMb),
      }),
    );
    const lines = this.#invocationLines;
    // What comes later is none of its lines.
    this.#invocationLines = [];
    const logLines = [...early, ...lines];
    return { response, durationMs, initMs, logLines, logTail: tailOf(lines) };
  }

  async #initialize(): Promise<{ failure?: Outcome; initDurationMs?: number }> {
    if (!this.#isCold) {
      return {};
    }
    this.#isCold = false;
    // AWS stops a slow init, and starts it anew under the function's own timeout; here it goes on.
    const failure = await this.#process.initialize(
      Math.min(limits.initMilliseconds + this.#timeoutMs, unlimitedMs),
    );
    const initDurationMs = (this.#process.startedAt ?? performance.now()) - this.#startedAt;
    return { initDurationMs, ...(failure !== undefined && { failure }) };
  }

  async #invoke(
    given: Omit<Invocation, "deadline">,
    crashAfterMs: number | undefined,
  ): Promise<Outcome> {
    const invocation: Invocation = { ...given, deadline: Date.now() + this.#timeoutMs };
    return crashAfterMs === undefined
      ? this.#process.invoke(invocation, this.#timeoutMs)
      : this.#process.invokeAndCrash(invocation, crashAfterMs);
  }

  async #retireAfter(outcome: Outcome, response: FunctionResponse): Promise<void> {
    const answered = outcome.kind === "result" || outcome.kind === "error";
    if (answered) {
      this.#maxMemoryMb = outcome.maxMemoryMb;
    }
    if (!answered || response.error?.errorType === "Runtime.OutOfMemory") {
      await this.kill();
    }
  }

  #log(lines: string[]): void {
    this.#invocationLines.push(...lines);
    this.#stream.write(lines);
  }

  /** As {@link #log}, but what follows soon is written together with it. */
  #hold(lines: string[]): void {
    this.#invocationLines.push(...lines);
    this.#stream.hold(lines);
  }

  #tell(line: string): void {
    const error = errorInLine(line);
    if (error) {
      const { errors, settings } = this.deployed;
      const { name: functionName } = settings;
      const said = error.said === undefined ? "" : `${shownMessage(error.said)}: `;
      const describe = (summary: string) =>
        `Function ${functionName} logged an error: ${said}${summary}`;
      errors.tell(error, describe, { functionName });
    }
  }
}

/** As long as timers go: 24 days. */
const unlimitedMs = 2 ** 31 - 1;

function tailOf(lines: readonly string[]): string {
  const log = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  return log.subarray(-limits.logTailBytes).toString();
}

function statusOf(
  outcome: Outcome,
  response: FunctionResponse,
): Pick<Report, "errorType" | "status"> {
  if (outcome.kind === "timeout") {
    return { status: "timeout" };
  }
  return response.error === undefined
    ? { status: "success" }
    : { status: "error", errorType: response.error.errorType };
}

/** Such as `2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef`. */
function logStreamName(now: Date, version: string): string {
  const day = now.toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${randomBytes(16).toString("hex")}`;
}
