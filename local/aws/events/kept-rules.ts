import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { RecordFolder } from "../record-folder";
import { defaultBus, type Rule, type RuleDefinition, type TargetDefinition } from "./rule";

/** A rule as it is kept on disk. */
export interface KeptRule {
  definition: RuleDefinition;
  targets: TargetDefinition[];
}

/**
 * Rules that were made over the API, which are there again at the next start as soon as their bus is. Those of a
 * program are not: it makes them again itself, also what was changed of them over the API meanwhile.
 */
export class KeptRules {
  readonly #folder: string;

  /** @param folder of theirs alone; it is made with the first of them. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Those of a bus. */
  on(bus: string): KeptRule[] {
    const kept = existsSync(this.#folder) ? this.#records.load() : [];
    return kept.filter(({ definition }) => (definition.bus ?? defaultBus) === bus);
  }

  has(bus: string, name: string): boolean {
    return existsSync(this.#folder) && this.#records.has(idOf({ bus, name }));
  }

  /** Keeps a rule as it is by now. */
  keep({ definition, targets }: Rule): void {
    this.#records.put(idOf(definition), { definition, targets: [...targets.values()] });
  }

  forget(bus: string, name: string): void {
    if (this.has(bus, name)) {
      this.#records.remove(idOf({ bus, name }));
    }
  }

  get #records(): RecordFolder<KeptRule> {
    return new RecordFolder(this.#folder);
  }
}

/** Together, the names of a bus and a rule are longer than names of files may be. */
function idOf({ bus = defaultBus, name }: Pick<RuleDefinition, "bus" | "name">): string {
  return hash("sha256", `${bus}/${name}`);
}
