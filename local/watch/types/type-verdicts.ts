import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { TypeProblem } from "./protocol";
import { TypeChecker } from "./type-checker";

/** So long does a swap wait for types, in milliseconds: a check takes less once the compiler knows the sources. */
const patienceMs = 600;

/** Whether a file's types are checked. */
export function isTyped(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

export interface TypeVerdictsOptions {
  programDir: string;
  /** What has the types, such as `functions`. */
  subject: string;
  notify: (line: string) => void;
}

/** What is wrong with types. Where they cannot be checked, that is said once. */
export class TypeVerdicts {
  readonly #checker: TypeChecker;
  readonly #options: TypeVerdictsOptions;
  #isSilent = false;
  #areWrong = false;

  constructor(options: TypeVerdictsOptions) {
    this.#checker = new TypeChecker({ programDir: options.programDir });
    this.#options = options;
  }

  /** Whether checks take less than seconds. */
  get isWarm(): boolean {
    return this.#checker.isWarm;
  }

  /** Whether the last check has found an error in a source. */
  get areWrong(): boolean {
    return this.#areWrong;
  }

  /** Whether the first check is under way. */
  get isWarmingUp(): boolean {
    return this.#checker.isStarted && !this.#checker.isWarm;
  }

  /**
   * What is wrong now, in all that is imported from there.
   *
   * @param changed absolute paths; nothing is asked where none of them has types.
   * @param entryPoints absolute paths; of one that is gone, who needs it tells.
   */
  async after(
    changed: readonly string[],
    entryPoints: Iterable<string>,
  ): Promise<readonly TypeProblem[]> {
    const { subject, notify } = this.#options;
    const typed = [...new Set(entryPoints)].filter((entry) => isTyped(entry) && existsSync(entry));
    if (!changed.some(isTyped)) {
      return [];
    }
    if (typed.length === 0) {
      this.#areWrong = false;
      return [];
    }
    const isFirst = !this.#checker.isStarted;
    const reply = await this.#checker.check(typed, changed);
    this.#areWrong = reply.kind === "checked" && reply.errors.some(({ location }) => location);
    if (reply.kind === "checked") {
      if (isFirst && reply.errors.length === 0) {
        notify(`~ Types of ${subject} have been checked for the first time, and are right`);
      }
      return reply.errors;
    }
    if (!this.#isSilent) {
      this.#isSilent = true;
      notify(`~ Types of ${subject} are not checked: ${reply.reason}`);
    }
    return [];
  }

  /**
   * Waits for a verdict as long as is worth it.
   *
   * @param startedAt when the change was seen, by `performance.now()`.
   */
  async soon(
    verdict: Promise<readonly TypeProblem[]>,
    startedAt: number,
  ): Promise<readonly TypeProblem[] | undefined> {
    const leftMs = this.isWarm ? startedAt + patienceMs - performance.now() : 0;
    return Promise.race([verdict, delay(Math.max(0, leftMs), undefined, { ref: false })]);
  }

  async stop(): Promise<void> {
    this.#isSilent = true;
    await this.#checker.stop();
  }
}
