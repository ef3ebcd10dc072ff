import type { Watcher } from "../watcher";
import type { TypeProblem } from "./protocol";
import { isTyped, TypeVerdicts } from "./type-verdicts";

export interface ProgramTypesOptions {
  programDir: string;
  watcher: Pick<Watcher, "subscribe">;
  /** What has changed before that was watched: absolute paths. */
  changed: ReadonlySet<string>;
  notify: (line: string) => void;
}

/**
 * What is wrong with the types of a program, for which Pulumi's compiler would not run it. They are looked at from
 * the first change on, in a process of its own.
 */
export class ProgramTypes {
  readonly #verdicts: TypeVerdicts;
  readonly #changed: Set<string>;
  readonly #unsubscribe: () => void;
  #last: Promise<readonly TypeProblem[]> = Promise.resolve([]);

  constructor({ programDir, watcher, changed, notify }: ProgramTypesOptions) {
    this.#verdicts = new TypeVerdicts({ programDir, subject: "the program", notify });
    this.#changed = new Set(changed);
    this.#unsubscribe = watcher.subscribe((others) => {
      others.forEach((path) => this.#changed.add(path));
    });
  }

  /**
   * What is wrong now.
   *
   * @param sources absolute paths of what the program is made of.
   */
  async problems(sources: Iterable<string>): Promise<readonly TypeProblem[]> {
    const changed = [...this.#changed];
    if (changed.some(isTyped)) {
      this.#changed.clear();
      this.#last = this.#verdicts.after(changed, sources);
    }
    // What is about no file is about the compiler's settings, which Pulumi has of its own.
    return (await this.#last).filter(({ location }) => location !== undefined);
  }

  /** Ends the process that checks. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#verdicts.stop();
  }
}
