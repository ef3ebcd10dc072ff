import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeSecretFile } from "./write-secret-file";
import { readJson } from "../aws/files";
import { isDynamic } from "../engine/dynamic-provider";
import { priorResource, traitsOf } from "../engine/prior-state";
import type { KeptTraits, PriorResource, PriorState, PriorStep } from "../engine/prior-state";
import { withoutSecrets, withSecretsOf } from "../engine/properties";
import type { RegisteredResource } from "../engine/registered-resource";
import { urnPrefix } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import { dependentsFirst } from "../provider/dependents-first";
import type { Inventory, InventoryItem } from "../provider/inventory";
import { archiveDirOf, keptInputs } from "../provider/kept-inputs";
import { identityIn } from "../provider/managed-resources";
import type { Properties, ResourceIdentity } from "../provider/resource";
import { deletion, Steps } from "../provider/steps";
import type { LeftResource, RunResource, Step } from "../provider/steps";

export interface LastRunOptions {
  dataDir: string;
  inventory: Inventory;
  /** Makes something of an earlier run cease to exist. Default: there is nothing to do. */
  remove?: (item: Pick<InventoryItem, "type" | "id" | "urn">) => Promise<void>;
  /** Relative paths of assets start here. */
  projectDir: string;
  stack: StackIdentity;
}

/** A resource as the last run has left it; components have no id. */
export type Left = LeftResource & Partial<InventoryItem>;

/** A step of a run, with what it leads from and to: inputs in the form in which they travel. */
export interface PlannedStep extends Step {
  old?: Left;
  before?: Properties;
  after?: Properties;
  /** The options that it has now. */
  options?: KeptTraits["options"];
}

/** A resource of this run, and what its inputs were when that was asked for. */
interface Asked {
  inputs: Properties;
  resource: Promise<RunResource>;
}

/**
 * What the last run on a data folder has made of a stack, to compare the next one with, and what that
 * makes of it.
 */
export class LastRun implements PriorState {
  readonly #options: LastRunOptions;
  readonly #components: Left[];
  /** What was replaced and is still to be deleted. */
  readonly #replaced: Left[];
  readonly #steps: Steps<Left>;
  readonly #asked = new Map<string, Asked>();
  readonly #found = new Map<string, { step: Step; old?: Left; identity: ResourceIdentity }>();
  readonly #made = new Map<string, RegisteredResource>();
  readonly #deleted = new Set<Left>();

  /** Looks at what there is now, before dynamic resources are created while the next run is under way. */
  constructor(options: LastRunOptions) {
    this.#options = options;
    this.#components = this.#readRecords();
    const items: Left[] = this.#items();
    const isReplaced = (item: Left) => !isDynamic(item.type) && this.#isReplaced(item);
    this.#replaced = items.filter(isReplaced);
    this.#steps = new Steps([...this.#components, ...items.filter((item) => !isReplaced(item))]);
  }

  /** Whether there was none. */
  get isFirst(): boolean {
    return this.#components.length + this.#items().length === 0;
  }

  /** What leads from the last run to one of these resources, in their order; first of all runs, all are created. */
  async stepsTo(resources: readonly RegisteredResource[]): Promise<PlannedStep[]> {
    const steps: PlannedStep[] = [];
    for (const resource of resources) {
      const { step, old } = await this.#find(resource);
      const { inputs } = await this.#runResource(resource);
      const after = withSecretsOf(inputs, resource.inputs) as Properties;
      const before = old && priorResource(old).inputs;
      steps.push({ ...step, old, before, after, options: resource.options });
    }
    const gone = dependentsFirst(this.#steps.gone());
    return [...steps, ...gone.map((old) => ({ ...deletion(old), old }))];
  }

  find({ urn, options }: RegisteredResource): PriorResource | undefined {
    const left = this.#found.get(urn)?.old ?? this.#steps.find([urn, ...options.aliases]);
    return left && priorResource(left);
  }

  async stepTo(resource: RegisteredResource): Promise<PriorStep> {
    const { step, old, identity } = await this.#find(resource);
    if (!old || step.kind === "create" || step.kind === "delete") {
      return { kind: "create", identity };
    }
    const prior = priorResource(old);
    if (step.kind !== "replace") {
      return { kind: step.kind, old: prior, identity };
    }
    const { deleteBeforeReplace = step.deleteBeforeReplace ?? false } = resource.options;
    return { kind: step.kind, old: prior, deleteBeforeReplace, identity };
  }

  replaced({ urn, id }: PriorResource): void {
    const old = [...this.#found.values()]
      .map((found) => found.old)
      .find((left) => left?.urn === urn);
    if (old?.id === id && old) {
      this.#replaced.push({ ...old, isReplaced: true });
    }
  }

  gone(): PriorResource[] {
    const replaced = this.#replaced.map((left) => ({ ...left, isReplaced: true }));
    return dependentsFirst([...replaced.reverse(), ...this.#steps.gone()]).map((left) => ({
      ...priorResource(left),
      ...(left.isReplaced === true && { isReplaced: true }),
    }));
  }

  /** Kept at once: a run that is killed must not lose sight of what it has made. */
  async made(resource: RegisteredResource): Promise<void> {
    this.#made.set(resource.urn, resource);
    const { type, custom, inputs } = await this.#runResource(resource);
    // The program's own providers see to what they make.
    if (custom && !isDynamic(type)) {
      await this.#record(resource, inputs);
    }
  }

  async destroy({ type, id, urn }: PriorResource): Promise<void> {
    if (id !== undefined) {
      await this.#options.remove?.({ type, id, urn });
    }
  }

  deleted({ urn, id }: PriorResource): void {
    const isIt = (left: Left) => left.urn === urn && left.id === id;
    const index = this.#replaced.findIndex(isIt);
    const [left] = index < 0 ? [] : this.#replaced.splice(index, 1);
    const others = [...this.#components, ...this.#items()];
    const deleted = left ?? others.find(isIt);
    if (deleted) {
      this.#deleted.add(deleted);
      this.#forget(deleted);
    }
  }

  /** Keeps what is known at the end: what is still to be deleted, and the components with their outputs. */
  async save(): Promise<void> {
    for (const left of this.#replaced) {
      this.#put({ ...left, isReplaced: true });
    }
    const components: Left[] = this.#components.filter((left) => !this.#isPast(left));
    for (const resource of this.#made.values()) {
      const { urn, type, inputs, custom } = await this.#runResource(resource);
      const { id, outputs } = resource;
      if (!custom) {
        const plain = withoutSecrets(outputs ?? {}) as Properties;
        components.push({ urn, type, id, inputs, outputs: plain, traits: traitsOf(resource) });
      }
    }
    const file = join(this.#options.dataDir, this.#componentsFile);
    await writeSecretFile(file, JSON.stringify(components));
  }

  /** Whether a component is no more, or was made anew, perhaps under another name. */
  #isPast(left: Left): boolean {
    const made = [...this.#made.keys()].map((urn) => this.#found.get(urn)?.old?.urn ?? urn);
    const isDeleted = [...this.#deleted].some(({ urn }) => urn === left.urn);
    return isDeleted || this.#made.has(left.urn) || made.includes(left.urn);
  }

  async #find(resource: RegisteredResource) {
    const known = this.#found.get(resource.urn);
    if (known) {
      return known;
    }
    const asked = await this.#runResource(resource);
    const found = this.#steps.to(asked);
    const named = { ...found, identity: this.#identity(resource.urn, found) };
    this.#found.set(resource.urn, named);
    return named;
  }

  /** One that replaces another exists beside it for a while, and has names and ids of its own. */
  #identity(urn: string, { step, old }: { step: Step; old?: Left }): ResourceIdentity {
    const { inventory } = this.#options;
    if (!isItem(old)) {
      const isBeside = inventory.withUrn(urn).length > 0;
      return { generation: inventory.generationOf(urn) + (isBeside ? 1 : 0) };
    }
    const identity = identityIn(old, urn);
    return step.kind === "replace"
      ? { ...identity, generation: inventory.generationOf(old.urn) + 1 }
      : identity;
  }

  async #record(resource: RegisteredResource, inputs: Properties): Promise<void> {
    const { urn, type, id = "", outputs = {} } = resource;
    const { step, old, identity } = await this.#find(resource);
    const traits = traitsOf(resource);
    if (step.kind === "same" && isItem(old) && old.urn === urn && old.id === id) {
      // Of a file they come without what is undefined.
      if (!isDeepStrictEqual(old.traits, JSON.parse(JSON.stringify(traits)))) {
        this.#put({ ...old, traits });
      }
      return;
    }
    const isKept = step.kind !== "replace" && isItem(old);
    if (isKept && (old.urn !== urn || old.id !== id)) {
      this.#options.inventory.remove(old);
    }
    this.#put({
      ...{ type, id, urn, ...identity, inputs },
      outputs: withoutSecrets(outputs) as Properties,
      traits,
      // What an engine has created stays its own.
      ...((isKept ? old.adoptable === true : true) && { adoptable: true }),
    });
  }

  #put(left: Left): void {
    if (isItem(left)) {
      this.#options.inventory.put(left);
    }
  }

  #forget(left: Left): void {
    if (isItem(left) && !isDynamic(left.type)) {
      const isRetained = left.traits?.options.retainOnDelete === true;
      this.#options.inventory[isRetained ? "leave" : "remove"](left);
    }
  }

  #runResource(resource: RegisteredResource): Promise<RunResource> {
    const { urn, inputs } = resource;
    const known = this.#asked.get(urn);
    if (known?.inputs === inputs) {
      return known.resource;
    }
    const asked = { inputs, resource: this.#asRunResource(resource) };
    this.#asked.set(urn, asked);
    return asked.resource;
  }

  async #asRunResource(resource: RegisteredResource): Promise<RunResource> {
    const { urn, type, options } = resource;
    const custom = resource.custom && !type.startsWith("pulumi:");
    const inputs = withoutSecrets(resource.inputs) as Properties;
    const { dataDir, projectDir } = this.#options;
    const archiveDir = archiveDirOf(dataDir);
    return {
      urn,
      type,
      custom,
      inputs: custom ? await keptInputs(inputs, { archiveDir, projectDir }) : inputs,
      aliases: options.aliases,
      ignoreChanges: options.ignoreChanges,
      replaceOnChanges: options.replaceOnChanges,
    };
  }

  #items(): InventoryItem[] {
    const prefix = urnPrefix(this.#options.stack);
    return this.#options.inventory.managed().filter(({ urn }) => urn.startsWith(prefix));
  }

  #isReplaced({ urn, generation = 1, isReplaced = false }: Left): boolean {
    return isReplaced || generation < this.#options.inventory.generationOf(urn);
  }

  #readRecords(): Left[] {
    const file = join(this.#options.dataDir, this.#componentsFile);
    return existsSync(file) ? (readJson(file) as Left[]) : [];
  }

  get #componentsFile(): string {
    return `components-${this.#options.stack.stack}.json`;
  }
}

/** Components are in no inventory. */
function isItem(left: Left | undefined): left is InventoryItem {
  return left?.generation !== undefined;
}
