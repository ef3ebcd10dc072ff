import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "./user-error";
import { writeSecretFile } from "./write-secret-file";
import { withoutSecrets } from "../engine/properties";
import type { RegisteredResource } from "../engine/registered-resource";
import type { StackIdentity } from "../engine/urn";
import type { Inventory } from "../provider/inventory";
import { keptInputs } from "../provider/kept-inputs";
import type { Properties } from "../provider/resource";
import { stepsBetween } from "../provider/steps";
import type { RunResource, Step } from "../provider/steps";

export interface LastRunOptions {
  dataDir: string;
  inventory: Inventory;
  /** Relative paths of assets start here. */
  projectDir: string;
  stack: StackIdentity;
}

type Component = Pick<RunResource, "urn" | "type" | "inputs">;

/** What the last run on a data folder has made of a stack, to compare the next one with. */
export class LastRun {
  readonly #options: LastRunOptions;
  readonly #before: Component[];

  /** Looks at what there is now, before dynamic resources are created while the next run is under way. */
  constructor(options: LastRunOptions) {
    this.#options = options;
    this.#before = [...this.#components(), ...this.#items()];
  }

  /** What leads from the last run to one of these resources, in their order; first of all runs, all are created. */
  async stepsTo(resources: readonly RegisteredResource[]): Promise<Step[]> {
    const after = await Promise.all(resources.map((resource) => this.#runResource(resource)));
    return stepsBetween(this.#before, after);
  }

  /** Keeps these resources, which exist now, and no others of the stack. */
  async record(resources: readonly RegisteredResource[]): Promise<void> {
    const { inventory, dataDir } = this.#options;
    const declared = new Set(resources.map(({ urn }) => urn));
    for (const item of this.#items()) {
      if (!declared.has(item.urn)) {
        inventory.remove(item);
      }
    }
    const components: Component[] = [];
    for (const resource of resources) {
      const { urn, type, inputs, custom } = await this.#runResource(resource);
      if (custom) {
        this.#put(resource, inputs);
      } else {
        components.push({ urn, type, inputs });
      }
    }
    await writeSecretFile(join(dataDir, this.#componentsFile), JSON.stringify(components));
  }

  #put({ urn, type, id = "", outputs = {} }: RegisteredResource, inputs: Properties): void {
    const { inventory } = this.#options;
    const generation = inventory.generationOf(urn);
    const [known] = inventory.withUrn(urn).filter((item) => item.generation === generation);
    if (known && known.id !== id) {
      inventory.remove(known);
    }
    inventory.put({
      ...{ type, id, urn, generation, inputs },
      outputs: withoutSecrets(outputs) as Properties,
      // What an engine has created stays its own.
      ...((known?.adoptable ?? !known) && { adoptable: true }),
    });
  }

  async #runResource(resource: RegisteredResource): Promise<RunResource> {
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

  #components(): Component[] {
    try {
      const file = join(this.#options.dataDir, this.#componentsFile);
      return JSON.parse(readFileSync(file, "utf8")) as Component[];
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
