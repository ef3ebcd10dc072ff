import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fromStruct, hasUnknown, structOf, toStruct, withoutSecrets } from "../engine/properties";
import type { EngineResource } from "../engine/resource-provider";
import { messageOf } from "../engine/rpc";
import { nameOf } from "../engine/urn";
import type { RandomCharacters } from "./auto-name";
import { difference, inputOf, isFile } from "./diff";
import type { Inventory, InventoryItem } from "./inventory";
import { keptInputs } from "./kept-inputs";
import type { LocalProvider } from "./local-provider";
import type { PlannedResource, Properties } from "./resource";
import { isValueType } from "./value-packages";

export interface ManagedResourcesOptions {
  provider: LocalProvider;
  inventory: Inventory;
  /** Folder for what functions are made of, so that they are there again at the next start. */
  archiveDir: string;
  /** Relative paths of assets start here. */
  projectDir: string;
  notify: (line: string) => void;
}

/** A resource to be created or changed. Its inputs are in the form in which they travel. */
export type ManagedResource = Pick<EngineResource, "type" | "urn" | "inputs">;

/** A resource as it is now, in the form in which it travels. */
export interface ManagedState {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Names of outputs that are secret whatever the inputs were. */
  secretOutputs: readonly string[];
}

/**
 * The resources of the local cloud one by one, as a provider's plugin creates, changes, reads and
 * deletes them. What exists is in the inventory. Resources of a type that is not emulated are only
 * recorded there.
 */
export class ManagedResources {
  readonly #options: ManagedResourcesOptions;
  readonly #recorded = new Set<string>();

  constructor(options: ManagedResourcesOptions) {
    this.#options = options;
    mkdirSync(options.archiveDir, { recursive: true, mode: 0o700 });
  }

  /** Types of which a resource was recorded, but not emulated. */
  get recordedTypes(): string[] {
    return [...this.#recorded].sort();
  }

  emulates(type: string): boolean {
    return this.#options.provider.emulates(type);
  }

  /** Brings back what exists, after a start. What cannot be brought back is told, and stays recorded. */
  async restore(): Promise<void> {
    this.#sweepArchives();
    for (const item of this.#options.inventory.all()) {
      if (this.emulates(item.type)) {
        try {
          const plan = await this.#plan(item);
          await (plan.restore ?? plan.create)();
        } catch (error) {
          this.#options.notify(`${item.urn} could not be brought back: ${messageOf(error)}`);
        }
      }
    }
  }

  /** For the name of a resource that is to be created while others of its URN may still exist. */
  randomCharacters(urn: string, input: string): RandomCharacters {
    const generation = this.#nextGeneration(urn);
    return (length, alphabet) =>
      this.#options.provider.stableId(urn, input, length, alphabet, generation);
  }

  /** Why a resource cannot be created or changed so, a sentence each; what is not known yet passes. */
  async check(resource: ManagedResource): Promise<readonly string[]> {
    const { type, urn, inputs } = resource;
    const { values } = fromStruct(structOf(inputs));
    const problems = this.#options.provider.check({ type, inputs: values });
    // A value that is made up to be looked at would be made up in vain.
    if (problems.length > 0 || !this.emulates(type) || isValueType(type) || hasUnknown(inputs)) {
      return problems;
    }
    try {
      await this.#plan({ ...resource, generation: this.#nextGeneration(urn) });
      return [];
    } catch (error) {
      return [messageOf(error)];
    }
  }

  /** @throws Error when AWS would refuse it, or what it needs is not emulated. */
  async create(resource: ManagedResource): Promise<ManagedState> {
    const { inventory } = this.#options;
    const generation = this.#nextGeneration(resource.urn);
    const [adopted] = inventory.withUrn(resource.urn).filter(({ adoptable }) => adoptable);
    if (!this.emulates(resource.type)) {
      this.#recorded.add(resource.type);
      const name = nameOf(resource.urn);
      const id = generation === 1 ? name : `${name}#${generation}`;
      return await this.#record({ ...resource, generation }, { id, outputs: undefined });
    }
    const plan = await this.#plan({ ...resource, generation });
    await (adopted && plan.update ? plan.update : plan.create)();
    if (adopted) {
      inventory.remove(adopted);
    }
    return await this.#record({ ...resource, generation }, plan);
  }

  /** @throws Error when there is no such resource, or as {@link create}. */
  async update(id: string, resource: ManagedResource): Promise<ManagedState> {
    const { generation } = this.#item(resource.type, id, resource.urn);
    if (!this.emulates(resource.type)) {
      return await this.#record({ ...resource, generation }, { id, outputs: undefined });
    }
    const plan = await this.#plan({ ...resource, generation });
    await (plan.update ?? plan.create)();
    return await this.#record({ ...resource, generation }, { ...plan, id });
  }

  /** Deletes a resource; one that is gone already is no error, as with AWS. */
  async remove(type: string, id: string, urn?: string): Promise<void> {
    const { inventory } = this.#options;
    const item = inventory.find(type, id, urn);
    if (item) {
      if (this.emulates(type)) {
        const plan = await this.#plan(item);
        const isThere = plan.read ? (await plan.read()) !== undefined : true;
        await (isThere ? plan.remove?.() : undefined);
      }
      inventory.remove(item);
    }
  }

  /** A resource as it is now, or nothing when it is gone. */
  async read(type: string, id: string, urn: string): Promise<ManagedState | undefined> {
    const { inventory } = this.#options;
    const item = inventory.find(type, id, urn);
    if (!item || !this.emulates(type)) {
      return item && { ...item, secretOutputs: [] };
    }
    const plan = await this.#plan(item);
    const current = plan.read ? await plan.read() : undefined;
    if (plan.read && !current) {
      inventory.remove(item);
      return undefined;
    }
    const { inputs, outputs } = current ? inEffect(item, await wireOf(current)) : item;
    inventory.put({ ...item, urn, inputs, outputs });
    const { secretOutputs = [] } = plan;
    return { id, inputs, outputs: { ...outputs, ...filesIn(inputs) }, secretOutputs };
  }

  async #plan(item: ManagedResource & { generation: number }): Promise<PlannedResource> {
    const { provider, projectDir } = this.#options;
    const { type, urn, inputs, generation } = item;
    const name = nameOf(urn);
    const { values } = fromStruct(structOf(inputs));
    return await provider.plan({ type, name, urn, inputs: values, projectDir }, generation);
  }

  async #record(
    resource: ManagedResource & { generation: number },
    {
      id,
      outputs,
      secretOutputs = [],
    }: { id: string; outputs?: Properties; secretOutputs?: string[] },
  ): Promise<ManagedState> {
    const { type, urn, generation } = resource;
    const inputs = withoutSecrets(resource.inputs) as Properties;
    const wire = outputs ? await wireOf(outputs) : inputs;
    const kept = await keptInputs(inputs, this.#options);
    this.#options.inventory.put({ type, id, urn, generation, inputs: kept, outputs: wire });
    return { id, inputs, outputs: wire, secretOutputs };
  }

  /** Removes the archives of functions that are no more. */
  #sweepArchives(): void {
    const { archiveDir, inventory } = this.#options;
    const needed = JSON.stringify(inventory.all().map(({ inputs }) => inputs));
    for (const file of readdirSync(archiveDir)) {
      if (!needed.includes(file)) {
        rmSync(join(archiveDir, file));
      }
    }
  }

  /** Of the resource that is to be created next. */
  #nextGeneration(urn: string): number {
    const { inventory } = this.#options;
    const isTaken = inventory.withUrn(urn).some(({ adoptable = false }) => !adoptable);
    return inventory.generationOf(urn) + (isTaken ? 1 : 0);
  }

  #item(type: string, id: string, urn: string): InventoryItem {
    const item = this.#options.inventory.find(type, id, urn);
    if (!item) {
      throw new Error(`The local cloud has no ${type} ${id}; run refresh, so that it is made anew`);
    }
    return item;
  }
}

async function wireOf(values: Properties): Promise<Properties> {
  return (await toStruct(values)).toJavaScript();
}

/**
 * A resource as it is known, but for the inputs that are otherwise in `current`. What AWS has filled in
 * stays with outputs of the same names.
 */
function inEffect(
  { inputs, outputs }: Pick<InventoryItem, "inputs" | "outputs">,
  current: Properties,
): Pick<InventoryItem, "inputs" | "outputs"> {
  const changed = difference("", inputs, current).changes.map(({ path }) => inputOf(path));
  const others = Object.entries(current).filter(([input]) => changed.includes(input));
  const withOthers = (known: Properties) => {
    const entries = Object.entries(known).filter(([name]) => !changed.includes(name));
    return Object.fromEntries([...entries, ...others]);
  };
  return { inputs: withOthers(inputs), outputs: withOthers(outputs) };
}

/** Archives and assets as they are kept, whatever becomes of the program's files. */
function filesIn(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => isFile(value)));
}
