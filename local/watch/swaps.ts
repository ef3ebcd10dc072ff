import type { Message } from "esbuild";
import type { Bundler } from "./bundler";
import { areSame, readFiles, writeFiles, type CodeFiles } from "./code-files";
import type { Bundle } from "./recipes";
import type { TypeProblem } from "./types/protocol";

/** A function that runs, and what its code is made of. */
export interface WatchedFunction {
  settings: { name: string };
  /** All: absolute paths of files and folders. */
  sources: { all(): readonly string[] };
}

/** Functions whose code can be replaced: those of Lambda. */
export interface WatchedFunctions {
  functions(): readonly WatchedFunction[];
  /** @returns whether the code was another. */
  reloadCode(name: string): Promise<boolean>;
}

export interface SwapsOptions {
  functions: WatchedFunctions;
  bundler: Bundler;
  /** Is told of each function that has other code now. */
  onSwapped?: (name: string) => Promise<void>;
}

/** A function whose sources have changed. */
export interface Candidate {
  name: string;
  bundles: readonly Bundle[];
  /** Stands for the check of types that is about its change. */
  check: object;
  /** Waits for the types of its sources for a moment; `undefined` when that does not do. */
  types: () => Promise<readonly TypeProblem[] | undefined>;
  /** Whether its sources have changed again. */
  isOutdated: () => boolean;
}

/** What became of a candidate. */
export type SwapOutcome =
  | { kind: "outdated" }
  /** `isRighted` when errors had been told, and its sources are again what it runs. */
  | { kind: "same"; isRighted: boolean; isProvisional: boolean }
  /** `isProvisional` until its types are checked. */
  | { kind: "swapped"; isProvisional: boolean }
  | { kind: "unbuildable"; errors: readonly Message[] }
  | { kind: "ill-typed"; problems: readonly TypeProblem[] };

/** What a check of types has come to for functions that did not wait for it, by their names. */
export interface Judgement {
  /** Those that have errors, and their former code back. */
  restored: string[];
  /** Those that have errors, and whose code is the same with them. */
  kept: string[];
  /** Those of which errors had been told, and whose sources are again what they run. */
  righted: string[];
}

/** A function that was built before its types were checked. */
interface Provisional {
  check: object;
  /** What its bundles were until then. */
  former: CodeFiles;
  bundles: readonly Bundle[];
  /** Whether errors had been told of it, and it runs again what it is now. */
  isRighted: boolean;
}

/** Builds the code of functions again, and swaps it or keeps what runs. */
export class Swaps {
  readonly #options: SwapsOptions;
  readonly #provisional = new Map<string, Provisional>();
  /** Sources that a bundle was made of the last time, which may not be what runs. */
  readonly #inputs = new Map<string, readonly string[]>();
  /** Files of bundles that are behind their sources, by what of these keeps them there. */
  readonly #behind = new Map<string, "bundling" | "types">();

  constructor(options: SwapsOptions) {
    this.#options = options;
  }

  /** Absolute paths of the sources of a bundle: of what it is, and of what it was to become. */
  inputsOf({ file, inputs }: Bundle): string[] {
    return [...inputs, ...(this.#inputs.get(file) ?? [])];
  }

  /** Whether errors have kept a bundle from becoming what its sources are. */
  isBehind({ file }: Bundle): boolean {
    return this.#behind.has(file);
  }

  /** Whether it is types that have kept it from that. */
  isIllTyped({ file }: Bundle): boolean {
    return this.#behind.get(file) === "types";
  }

  async attempt(candidate: Candidate): Promise<SwapOutcome> {
    const { bundles } = candidate;
    const built = new Map<string, Uint8Array>();
    const errors: Message[] = [];
    for (const bundle of bundles) {
      const outcome = await this.#options.bundler.build(bundle);
      if ("errors" in outcome) {
        errors.push(...outcome.errors);
        this.#behind.set(bundle.file, "bundling");
      } else {
        this.#inputs.set(bundle.file, outcome.inputs);
        outcome.files.forEach((content, file) => built.set(file, content));
      }
    }
    if (candidate.isOutdated()) {
      return { kind: "outdated" };
    }
    if (errors.length > 0) {
      return { kind: "unbuildable", errors };
    }
    const problems = await candidate.types();
    if (candidate.isOutdated()) {
      return { kind: "outdated" };
    }
    const own = this.#problemsOf(bundles, problems ?? []);
    if (own.length > 0) {
      bundles.forEach(({ file }) => this.#behind.set(file, "types"));
      return { kind: "ill-typed", problems: own };
    }
    return this.#swap(candidate, built, problems === undefined);
  }

  /**
   * Takes up what a check of types has found: functions that did not wait for it, and have errors, get
   * their former code back.
   */
  async judge(check: object, problems: readonly TypeProblem[]): Promise<Judgement> {
    const judgement: Judgement = { restored: [], kept: [], righted: [] };
    const judged = [...this.#provisional].filter(([, each]) => each.check === check);
    judged.forEach(([name]) => this.#provisional.delete(name));
    for (const [name, { former, bundles, isRighted }] of judged) {
      if (this.#problemsOf(bundles, problems).length > 0) {
        bundles.forEach(({ file }) => this.#behind.set(file, "types"));
        await writeFiles(former);
        const isRestored = await this.#reload(name);
        (isRestored ? judgement.restored : judgement.kept).push(name);
      } else if (isRighted) {
        judgement.righted.push(name);
      }
    }
    return judgement;
  }

  async #swap(
    { name, bundles, check }: Candidate,
    built: ReadonlyMap<string, Uint8Array>,
    isProvisional: boolean,
  ): Promise<SwapOutcome> {
    const former = await readFiles(built.keys());
    const wasBehind = bundles.some((bundle) => this.isBehind(bundle));
    const known = this.#provisional.get(name);
    if (isProvisional) {
      const isRighted = wasBehind && areSame(built, former);
      this.#provisional.set(name, { check, bundles, isRighted, former: known?.former ?? former });
    }
    bundles.forEach(({ file }) => this.#behind.delete(file));
    await writeFiles(built);
    const isSwapped = await this.#reload(name);
    return isSwapped
      ? { kind: "swapped", isProvisional }
      : { kind: "same", isRighted: wasBehind && !isProvisional, isProvisional };
  }

  async #reload(name: string): Promise<boolean> {
    const { functions, onSwapped } = this.#options;
    const isSwapped = await functions.reloadCode(name);
    if (isSwapped) {
      await onSwapped?.(name);
    }
    return isSwapped;
  }

  #problemsOf(bundles: readonly Bundle[], problems: readonly TypeProblem[]): TypeProblem[] {
    const inputs = new Set(bundles.flatMap((bundle) => this.inputsOf(bundle)));
    return problems.filter(({ location }) => location && inputs.has(location.file));
  }
}
