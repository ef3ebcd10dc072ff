import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fromStruct, hasUnknown, structOf, toStruct, withoutSecrets } from "../engine/properties";
import type { EngineResource, ResourceProvider } from "../engine/resource-provider";
import { nameOf } from "../engine/urn";
import { messageOf } from "../message-of";
import { randomText } from "../random-text";
import type { RandomCharacters } from "./auto-name";
import { difference, inputOf, isFile } from "./diff";
import type { Inventory, InventoryItem } from "./inventory";
import { keptInputs } from "./kept-inputs";
import type { PlannedResource, Properties, ResourceIdentity } from "./resource";
import { isValueType } from "./value-packages";

export interface ManagedResourcesOptions {
  provider: ResourceProvider;
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

  /**
   * Brings back what exists, after a start. What cannot be brought back is told, and stays recorded.
   *
   * @param isWanted leaves out others. Default: all.
   */
  async restore(isWanted: (item: InventoryItem) => boolean = () => true): Promise<void> {
    this.#sweepArchives();
    const items = this.#options.inventory.all().filter(isWanted);
    let waiting = items.filter(({ type }) => this.emulates(type));
    let errors: [InventoryItem, unknown][] = [];
    // One that was changed may need what was created after it.
    for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
      before = waiting.length;
      errors = await this.#restoreAll(waiting);
      waiting = errors.map(([item]) => item);
    }
    for (const [{ urn }, error] of errors) {
      this.#options.notify(`${urn} could not be brought back: ${messageOf(error)}`);
    }
  }

  /** For the name of a resource that is to be created while others of its URN may still exist. */
  randomCharacters(urn: string, input: string): RandomCharacters {
    const identity = { generation: this.#nextGeneration(urn) };
    return (length, alphabet) =>
      this.#options.provider.stableId?.(urn, input, length, alphabet, identity) ??
      randomText(length, alphabet);
  }

  /** The URN that the resource first had whose input has this value, such as its name. */
  originOf(type: string, input: string, value: unknown): string | undefined {
    const items = this.#options.inventory.all().filter((item) => item.type === type);
    const item = items.find(({ inputs }) => inputs[input] === value);
    return item?.origin ?? item?.urn;
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
    const item = this.#item(resource.type, id, resource.urn);
    const identity = identityIn(item, resource.urn);
    let made: { id: string; outputs?: Properties; secretOutputs?: string[] } = { id };
    if (this.emulates(resource.type)) {
      const plan = await this.#plan({ ...resource, ...identity });
      await (plan.update ?? plan.create)();
      made = { ...plan, id };
    }
    if (item.urn !== resource.urn) {
      this.#options.inventory.remove(item);
    }
    return await this.#record({ ...resource, ...identity }, made);
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

  /**
   * Fails as {@link remove} would now.
   *
   * @param goneBefore ids of what will be removed before.
   * @throws Error with AWS's reason.
   */
  async requireRemovable(item: InventoryItem, goneBefore: ReadonlySet<string>): Promise<void> {
    if (this.emulates(item.type)) {
      (await this.#plan(item)).requireRemovable?.(goneBefore);
    }
  }

  /** What is lost when a resource is removed, such as `3 objects`. */
  async contentOf(
    item: InventoryItem,
    goneBefore: ReadonlySet<string>,
  ): Promise<string | undefined> {
    return this.emulates(item.type)
      ? await (await this.#plan(item)).content?.(goneBefore)
      : undefined;
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
    if (item.urn !== urn) {
      inventory.remove(item);
    }
    const { isLeft: _isLeft, ...managed } = item;
    inventory.put({ ...managed, ...identityIn(item, urn), urn, inputs, outputs });
    const { secretOutputs = [] } = plan;
    return { id, inputs, outputs: { ...outputs, ...filesIn(inputs) }, secretOutputs };
  }

  /** @returns what could not be brought back, and why. */
  async #restoreAll(items: readonly InventoryItem[]): Promise<[InventoryItem, unknown][]> {
    const errors: [InventoryItem, unknown][] = [];
    for (const item of items) {
      try {
        const plan = await this.#plan(item);
        await (plan.restore ?? plan.create)();
      } catch (error) {
        errors.push([item, error]);
      }
    }
    return errors;
  }

  async #plan(item: ManagedResource & ResourceIdentity): Promise<PlannedResource> {
    const { provider, projectDir } = this.#options;
    const { type, urn, inputs, generation, origin } = item;
    const name = nameOf(urn);
    const { values } = fromStruct(structOf(inputs));
    const resource = { type, name, urn, inputs: values, projectDir };
    return await provider.plan(resource, { generation, origin });
  }

  async #record(
    resource: ManagedResource & ResourceIdentity,
    {
      id,
      outputs,
      secretOutputs = [],
    }: { id: string; outputs?: Properties; secretOutputs?: string[] },
  ): Promise<ManagedState> {
    const { type, urn, generation, origin } = resource;
    const inputs = withoutSecrets(resource.inputs) as Properties;
    const wire = outputs ? await wireOf(outputs) : inputs;
    const kept = await keptInputs(inputs, this.#options);
    this.#options.inventory.put({
      ...{ type, id, urn, generation, inputs: kept, outputs: wire },
      ...(origin !== undefined && { origin }),
    });
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

/** The identity of a resource, which may get another URN. */
export function identityIn(item: InventoryItem, urn: string): ResourceIdentity {
  const { generation, origin = item.urn } = item;
  return origin === urn ? { generation } : { generation, origin };
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
