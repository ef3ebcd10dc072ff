import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "./user-error";
import { writeSecretFile } from "./write-secret-file";
import { isDynamic } from "../engine/dynamic-provider";
import { priorResource, traitsOf } from "../engine/prior-state";
import type { KeptTraits, PriorResource, PriorState, PriorStep } from "../engine/prior-state";
import { withoutSecrets } from "../engine/properties";
import type { RegisteredResource } from "../engine/registered-resource";
import type { StackIdentity } from "../engine/urn";
import type { Inventory } from "../provider/inventory";
import { keptInputs } from "../provider/kept-inputs";
import type { Properties } from "../provider/resource";
import { deletion, Steps } from "../provider/steps";
import type { LeftResource, RunResource, Step } from "../provider/steps";

export interface LastRunOptions {
  dataDir: string;
  inventory: Inventory;
  /** Relative paths of assets start here. */
  projectDir: string;
  stack: StackIdentity;
}

/** A resource as the last run has left it; components have no id. */
type Left = LeftResource & { traits?: KeptTraits; isReplaced?: boolean };

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
  readonly #asked = new Map<string, Promise<RunResource>>();
  readonly #found = new Map<string, { step: Step; old?: Left }>();
  readonly #made = new Map<string, RegisteredResource>();
  /** URNs of what has been deleted. */
  readonly #deleted = new Set<string>();

  /** Looks at what there is now, before dynamic resources are created while the next run is under way. */
  constructor(options: LastRunOptions) {
    this.#options = options;
    const records = this.#readRecords();
    this.#components = records.filter(({ isReplaced }) => isReplaced !== true);
    this.#replaced = records.filter(({ isReplaced }) => isReplaced === true);
    this.#steps = new Steps<Left>([...this.#components, ...this.#items()]);
  }

  /** What leads from the last run to one of these resources, in their order; first of all runs, all are created. */
  async stepsTo(resources: readonly RegisteredResource[]): Promise<Step[]> {
    await Promise.all(resources.map((resource) => this.#runResource(resource)));
    const steps: Step[] = [];
    for (const resource of resources) {
      steps.push((await this.#find(resource)).step);
    }
    return [...steps, ...this.#steps.gone().map(deletion)];
  }

  async stepTo(resource: RegisteredResource): Promise<PriorStep> {
    const { step, old } = await this.#find(resource);
    if (!old || step.kind === "create" || step.kind === "delete") {
      return { kind: "create" };
    }
    const prior = priorResource(old);
    if (step.kind !== "replace") {
      return { kind: step.kind, old: prior };
    }
    const { deleteBeforeReplace = step.deleteBeforeReplace ?? false } = resource.options;
    return { kind: step.kind, old: prior, deleteBeforeReplace };
  }

  replaced({ urn }: PriorResource): void {
    const old = [...this.#found.values()].find((found) => found.old?.urn === urn)?.old;
    if (old) {
      this.#replaced.push({ ...old, isReplaced: true });
    }
  }

  gone(): PriorResource[] {
    const replaced = this.#replaced.map((left) => ({ ...priorResource(left), isReplaced: true }));
    return [...this.#steps.gone().map(priorResource), ...replaced.reverse()];
  }

  made(resource: RegisteredResource): void {
    this.#made.set(resource.urn, resource);
  }

  deleted({ urn, id, isReplaced }: PriorResource): void {
    if (isReplaced === true) {
      const index = this.#replaced.findIndex((left) => left.urn === urn && left.id === id);
      this.#replaced.splice(index, 1);
    } else {
      this.#deleted.add(urn);
    }
  }

  /** Keeps what exists now: what this run has made, and what it has not come to. */
  async save(): Promise<void> {
    const { inventory, dataDir } = this.#options;
    const gone = this.#noMore();
    for (const item of this.#items()) {
      // The program's own providers see to what they make.
      if (!isDynamic(item.type) && gone.has(item.urn)) {
        inventory.remove(item);
      }
    }
    const components = this.#components.filter(({ urn }) => !this.#made.has(urn) && !gone.has(urn));
    for (const resource of this.#made.values()) {
      const { urn, type, inputs, custom } = await this.#runResource(resource);
      if (custom) {
        this.#put(resource, inputs);
      } else {
        const outputs = withoutSecrets(resource.outputs ?? {}) as Properties;
        const { id } = resource;
        components.push({ urn, type, id, inputs, outputs, traits: traitsOf(resource) });
      }
    }
    await writeSecretFile(
      join(dataDir, this.#componentsFile),
      JSON.stringify([...components, ...this.#replaced]),
    );
  }

  /** URNs of what was deleted, or has another name now. */
  #noMore(): ReadonlySet<string> {
    const former = [...this.#made.keys()].map((urn) => this.#found.get(urn)?.old?.urn ?? urn);
    const gone = [...this.#deleted, ...former].filter((urn) => !this.#made.has(urn));
    return new Set(gone);
  }

  async #find(resource: RegisteredResource): Promise<{ step: Step; old?: Left }> {
    const asked = await this.#runResource(resource);
    const found = this.#found.get(resource.urn) ?? this.#steps.to(asked);
    this.#found.set(resource.urn, found);
    return found;
  }

  #put(resource: RegisteredResource, inputs: Properties): void {
    const { urn, type, id = "", outputs = {} } = resource;
    const { inventory } = this.#options;
    const generation = inventory.generationOf(urn);
    const [known] = inventory.withUrn(urn).filter((item) => item.generation === generation);
    if (known && known.id !== id) {
      inventory.remove(known);
    }
    inventory.put({
      ...{ type, id, urn, generation, inputs },
      outputs: withoutSecrets(outputs) as Properties,
      traits: traitsOf(resource),
      // What an engine has created stays its own.
      ...((known?.adoptable ?? !known) && { adoptable: true }),
    });
  }

  #runResource(resource: RegisteredResource): Promise<RunResource> {
    const asked = this.#asked.get(resource.urn) ?? this.#asRunResource(resource);
    this.#asked.set(resource.urn, asked);
    return asked;
  }

  async #asRunResource(resource: RegisteredResource): Promise<RunResource> {
    const { urn, type, options } = resource;
    const custom = resource.custom && !type.startsWith("pulumi:");
    const inputs = withoutSecrets(resource.inputs) as Properties;
    const { archiveDir, projectDir } = { archiveDir: this.#archiveDir, ...this.#options };
    return {
      urn,
      type,
      custom,
      inputs: custom ? await keptInputs(inputs, { archiveDir, projectDir }) : inputs,
      propertyDependencies: resource.propertyDependencies,
      aliases: options.aliases,
      ignoreChanges: options.ignoreChanges,
      replaceOnChanges: options.replaceOnChanges,
    };
  }

  #items() {
    const { project, stack } = this.#options.stack;
    const prefix = `urn:pulumi:${stack}::${project}::`;
    return this.#options.inventory.all().filter(({ urn }) => urn.startsWith(prefix));
  }

  #readRecords(): Left[] {
    try {
      const file = join(this.#options.dataDir, this.#componentsFile);
      return JSON.parse(readFileSync(file, "utf8")) as Left[];
    } catch (error) {
      if (isSystemError(error, "ENOENT")) {
        return [];
      }
      throw error;
    }
  }

  get #componentsFile(): string {
    return `components-${this.#options.stack.stack}.json`;
  }

  get #archiveDir(): string {
    return join(this.#options.dataDir, "archives");
  }
}
