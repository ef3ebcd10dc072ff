import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { localFolder } from "../../folder";
import type { CheckReply, CheckRequest } from "./protocol";

/** What a type checker is made with. */
export interface TypeCheckerOptions {
  programDir: string;
  /** Its process, which has some 300 MB, ends when there was nothing to check for so many milliseconds. */
  idleMs?: number;
}

/**
 * Checks the types of a program's functions in a process of its own, so that it delays nothing. The process
 * starts with the first check, which takes seconds; those after it look at what a change concerns only.
 */
export class TypeChecker {
  readonly #options: Required<TypeCheckerOptions>;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #next: { request: CheckRequest; reply: Promise<CheckReply> } | undefined;
  #isWarm = false;

  constructor(options: TypeCheckerOptions) {
    this.#options = { idleMs: 600_000, ...options };
  }

  /** Whether its process runs. */
  get isStarted(): boolean {
    return this.#child !== undefined;
  }

  /** Whether there was a check before, so that the next takes less than seconds. */
  get isWarm(): boolean {
    return this.#isWarm;
  }

  /** Finds the errors that there are now; what is asked while a check is under way is answered by one that follows. */
  check(entryPoints: readonly string[], changed: readonly string[]): Promise<CheckReply> {
    const { programDir } = this.#options;
    const request = {
      programDir,
      entryPoints,
      changed: [...(this.#next?.request.changed ?? []), ...changed],
    };
    if (this.#next) {
      this.#next.request = request;
      return this.#next.reply;
    }
    this.#child ??= start();
    const next = { request, reply: this.#running.then(() => this.#ask()) };
    this.#next = next;
    this.#running = next.reply;
    return next.reply;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    this.#isWarm = false;
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  }

  async #ask(): Promise<CheckReply> {
    clearTimeout(this.#timer);
    const request = this.#next?.request;
    this.#next = undefined;
    const child = (this.#child ??= start());
    try {
      const reply = await answerOf(child, request);
      this.#isWarm = reply.kind === "checked";
      return reply;
    } finally {
      this.#timer = setTimeout(() => void this.stop(), this.#options.idleMs).unref();
    }
  }
}

function start(): ChildProcess {
  const child = spawn(process.execPath, [join(localFolder, "launch.mjs"), "type-checker"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

async function answerOf(
  child: ChildProcess,
  request: CheckRequest | undefined,
): Promise<CheckReply> {
  const given = new AbortController();
  const { signal } = given;
  const answered = once(child, "message", { signal }).then(([reply]) => reply as CheckReply);
  const ended = Promise.race([
    once(child, "exit", { signal }),
    once(child, "error", { signal }),
  ]).then((): CheckReply => ({ kind: "unavailable", reason: "Its process has ended." }));
  child.send(request ?? {}, () => {
    // Sending fails when the process has just ended, which shows by itself.
  });
  try {
    return await Promise.race([answered, ended]);
  } finally {
    given.abort();
    answered.catch(() => undefined);
    ended.catch(() => undefined);
  }
}
