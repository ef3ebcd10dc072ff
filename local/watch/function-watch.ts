import { dirname, resolve } from "node:path";
import type { Message, PartialMessage } from "esbuild";
import { newBatch, type Batch, type Stale } from "./batch";
import { Settling } from "./settling";
import { entryOf, findBundles, shownNameOf, shownPath, type Bundle } from "./recipes";
import {
  errorText,
  judgementLines,
  keptLine,
  messageOf,
  namesOf,
  rightedLine,
  swapLine,
} from "./swap-lines";
import { Swaps, type SwapsOptions, type SwapOutcome, type WatchedFunction } from "./swaps";
import type { TypeProblem } from "./types/protocol";
import { isTyped, TypeVerdicts } from "./types/type-verdicts";
import { isIn, type Watcher } from "./watcher";

export interface FunctionWatchOptions extends SwapsOptions {
  programDir: string;
  watcher: Watcher;
  notify: (line: string) => void;
  /** Whether errors are printed in colour. */
  colored: boolean;
}

const sourcePattern = /\.[cm]?[jt]sx?$|\.json$/;

/**
 * Swaps the code of functions whose sources change: what the program's bundler has left a recipe for is built
 * again, and what an archive has of plain files is packed again. The function that is asked for is first.
 *
 * A function keeps its code when it cannot be bundled, and when one of its sources has a type error. The first
 * check of types takes seconds, for which no swap waits: where they turn out wrong afterwards, the function gets
 * its former code back.
 */
export class FunctionWatch {
  readonly #options: FunctionWatchOptions;
  readonly #types: TypeVerdicts;
  readonly #swaps: Swaps;
  readonly #stale = new Map<string, Stale>();
  readonly #shownNames = new Map<string, string>();
  /** Checks of types of which something may still come. */
  readonly #judging = new Set<Promise<void>>();
  #isWorking = false;
  /** Whether errors of types have been told, and not that they are gone. */
  #haveBeenWrong = false;
  #unsubscribe: () => void = () => undefined;

  constructor(options: FunctionWatchOptions) {
    this.#options = options;
    this.#types = new TypeVerdicts({ ...options, subject: "functions" });
    this.#swaps = new Swaps(options);
  }

  /**
   * Swaps from now on.
   *
   * @param changed what may have changed since the functions got their code.
   */
  start(changed: ReadonlySet<string> = new Set()): void {
    this.#bundlesOfAll();
    this.#unsubscribe = this.#options.watcher.subscribe((others) => {
      this.#notice([...others]);
    });
    this.#notice([...changed]);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stale.forEach(({ settled, batch }) => {
      settled.resolve();
      batch.looked.resolve();
    });
    this.#stale.clear();
    await Promise.all([this.#options.bundler.stop(), this.#types.stop()]);
  }

  /**
   * What to wait for until the function runs what its sources are, if that can be run; `undefined` where it
   * does already.
   */
  settled(name: string): Promise<void> | undefined {
    const stale = this.#stale.get(name);
    if (stale) {
      stale.isUrgent = true;
    }
    return stale?.settled.promise;
  }

  /**
   * Waits until all that has changed is settled.
   *
   * @returns whether no function keeps its code because of types, and no source of one is known to have an error of
   * types. Who bundles functions at such a time would give them what has been kept from them.
   */
  async isWellTyped(): Promise<boolean> {
    while (this.#stale.size > 0 || this.#judging.size > 0) {
      const stale = [...this.#stale.values()].map(({ settled }) => settled.promise);
      await Promise.all([...stale, ...this.#judging]);
    }
    const bundles = [...this.#bundlesOfAll().values()].flat();
    return !this.#types.areWrong && !bundles.some((bundle) => this.#swaps.isIllTyped(bundle));
  }

  #notice(changed: readonly string[]): void {
    const bundles = this.#bundlesOfAll();
    const affected = [...bundles].filter(([each, own]) => changed.some(this.#concerns(each, own)));
    // What holds nothing but types is in no bundle.
    const mayConcernTypes = this.#types.isWarm || this.#types.areWrong;
    if (affected.length === 0 && !(changed.some(isTyped) && mayConcernTypes)) {
      return;
    }
    // Editors leave traces of their own, which concern nobody.
    const concerning = changed.filter((path) =>
      affected.length === 0
        ? isTyped(path)
        : affected.some(([each, own]) => this.#concerns(each, own)(path)),
    );
    const batch = newBatch(
      {
        files: concerning.map((path) => shownPath(this.#options.programDir, path)),
        types: this.#types.after(changed, [...bundles.values()].flat().map(entryOf)),
      },
      affected.length,
    );
    for (const [{ settings }, own] of affected) {
      this.#enqueue(settings.name, own, batch);
    }
    this.#awaitTypes(batch);
    void this.#workOff();
  }

  /** The functions that there are, and what can be built again of them; what is built is not watched. */
  #bundlesOfAll(): Map<WatchedFunction, Bundle[]> {
    const { functions, programDir, watcher } = this.#options;
    const all = functions.functions().map((each) => {
      const bundles = findBundles(each.sources.all(), programDir);
      bundles.forEach(({ file }) => {
        watcher.ignore(dirname(file));
      });
      return [each, bundles] as const;
    });
    return new Map(all);
  }

  /** Tells whether a change concerns a function. */
  #concerns({ sources }: WatchedFunction, bundles: readonly Bundle[]): (path: string) => boolean {
    const made = bundles.map(({ file }) => file);
    const plain = sources.all().filter((source) => !made.some((file) => isIn(source, file)));
    const inputs = bundles.flatMap((bundle) => this.#swaps.inputsOf(bundle));
    const isBehind = bundles.some((bundle) => this.#swaps.isBehind(bundle));
    return (path) =>
      plain.some((source) => isIn(source, path) || isIn(path, source)) ||
      inputs.some((input) => isIn(path, input)) ||
      (isBehind && sourcePattern.test(path));
  }

  #enqueue(name: string, bundles: Bundle[], batch: Batch): void {
    const known = this.#stale.get(name);
    if (known) {
      this.#leave(known.batch);
    }
    const shownName = shownNameOf(name, bundles);
    this.#shownNames.set(name, shownName);
    this.#stale.set(name, {
      name,
      shownName,
      bundles,
      batch,
      isUrgent: known?.isUrgent ?? false,
      settled: known?.settled ?? new Settling(),
    });
  }

  /** One after the other: two at a time would take each other's processor. */
  async #workOff(): Promise<void> {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const { shownName } = next;
      await this.#work(next).catch((error: unknown) => {
        this.#options.notify(`~ ${shownName} cannot be swapped: ${String(error)}`);
      });
      if (this.#stale.get(next.name) === next) {
        this.#stale.delete(next.name);
        next.settled.resolve();
        this.#leave(next.batch);
      }
    }
    this.#isWorking = false;
  }

  #next(): Stale | undefined {
    const all = [...this.#stale.values()];
    return all.find(({ isUrgent }) => isUrgent) ?? all[0];
  }

  async #work(stale: Stale): Promise<void> {
    const { name, bundles, batch, shownName } = stale;
    const outcome = await this.#swaps.attempt({
      name,
      bundles,
      check: batch,
      types: () => this.#types.soon(batch.types, batch.startedAt),
      isOutdated: () => this.#stale.get(name) !== stale,
    });
    await this.#report(outcome, shownName, batch);
  }

  async #report(outcome: SwapOutcome, shownName: string, batch: Batch): Promise<void> {
    const { notify } = this.#options;
    switch (outcome.kind) {
      case "swapped":
        batch.swapped.push(shownName);
        if (outcome.isProvisional) {
          this.#awaitTypes(batch);
        }
        return;
      case "unbuildable":
        for (const { location } of outcome.errors) {
          batch.unbuildable.add(resolve(this.#options.programDir, location?.file ?? ""));
        }
        await this.#tellErrors(outcome.errors, batch);
        notify(keptLine(shownName, "cannot be bundled"));
        return;
      case "ill-typed":
        await this.#tellTypes(outcome.problems, batch);
        notify(keptLine(shownName, "has type errors"));
        return;
      case "same":
        if (outcome.isRighted) {
          batch.righted.push(shownName);
        }
        if (outcome.isProvisional) {
          this.#awaitTypes(batch);
        }
        return;
      case "outdated":
    }
  }

  /** One function less of a batch; says what was swapped once all are done. */
  #leave(batch: Batch): void {
    batch.waiting -= 1;
    if (batch.waiting === 0 && batch.righted.length > 0) {
      this.#options.notify(rightedLine(batch.righted, batch.files));
    }
    if (batch.waiting === 0 && batch.swapped.length > 0) {
      const ms = performance.now() - batch.startedAt;
      const line = swapLine(batch.swapped, ms, batch.files);
      const note = this.#types.isWarmingUp ? "; the first check of types is under way" : "";
      this.#options.notify(line + note);
    }
    if (batch.waiting === 0) {
      batch.looked.resolve();
    }
  }

  #awaitTypes(batch: Batch): void {
    const judging = this.#judge(batch)
      .catch((error: unknown) => {
        this.#options.notify(`~ Functions cannot get their former code back: ${String(error)}`);
      })
      .finally(() => this.#judging.delete(judging));
    this.#judging.add(judging);
  }

  /** Takes up what is found about types after functions were swapped, or where none was. */
  async #judge(batch: Batch): Promise<void> {
    const { notify } = this.#options;
    const problems = await batch.types;
    await batch.looked.promise;
    const judgement = await this.#swaps.judge(batch, problems);
    await this.#tellTypes(problems, batch);
    judgementLines(judgement, this.#shownNames, batch.files).forEach(notify);
    const wereWrong = this.#haveBeenWrong;
    this.#haveBeenWrong = this.#types.areWrong;
    if (wereWrong && !this.#haveBeenWrong && batch.isOfTypesAlone) {
      notify(`~ Types are right again (${namesOf(batch.files)})`);
    }
  }

  /** What keeps a source from being bundled mostly is wrong for types, too, and has been told. */
  async #tellTypes(problems: readonly TypeProblem[], batch: Batch): Promise<void> {
    const { programDir } = this.#options;
    const fresh = problems.filter(({ location }) => !batch.unbuildable.has(location?.file ?? ""));
    await this.#tellErrors(
      fresh.map((problem) => messageOf(problem, programDir)),
      batch,
    );
  }

  /** What several functions of a batch have in common is told once. */
  async #tellErrors(errors: readonly (Message | PartialMessage)[], batch: Batch): Promise<void> {
    const fresh = errors.filter((error) => !batch.told.has(JSON.stringify(error)));
    fresh.forEach((error) => batch.told.add(JSON.stringify(error)));
    if (fresh.length > 0) {
      this.#options.notify(await errorText(fresh, this.#options.colored));
    }
  }
}
