import { StepFailed } from "./hooks";
import type { Hooks, HookSubject } from "./hooks";
import type { PriorResource, PriorState } from "./prior-state";
import type { RegisteredResource } from "./registered-resource";
import { nameOf } from "./urn";

type Act = () => void | Promise<void>;

/** How a resource that exists is deleted. */
export interface Deletion {
  /** Makes the resource cease to exist; not called where it is to be retained. */
  destroy?: Act;
  /** Is called once it no longer exists. */
  forget?: Act;
  /** Whether another resource takes its place. */
  isReplaced?: boolean;
}

/**
 * What is done to the resources of a run, with the hooks before and after it.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step.go
 */
export class ResourceSteps {
  readonly #hooks: Hooks;
  readonly #prior: Promise<PriorState>;
  /** What is still to be called of components, by URN. */
  readonly #completions = new Map<string, () => Promise<void>>();

  constructor(hooks: Hooks, prior: Promise<PriorState>) {
    this.#hooks = hooks;
    this.#prior = prior;
  }

  /**
   * Does what brings a resource from its prior state to what is asked for.
   *
   * @param make makes the resource exist, whichever state it is in.
   * @throws StepFailed, or what `make` throws.
   */
  async take(resource: RegisteredResource, make: Act): Promise<void> {
    const prior = await this.#prior;
    const step = await prior.stepTo(resource);
    if (step.kind === "same") {
      await this.keep(resource, make);
      return;
    }
    if (step.kind === "update") {
      await this.update(resource, step.old, make);
      return;
    }
    if (step.kind === "create") {
      await this.create(resource, make);
      return;
    }
    const { old, deleteBeforeReplace } = step;
    if (deleteBeforeReplace) {
      const forget = () => {
        prior.deleted(old);
      };
      await this.delete(old, { forget, isReplaced: true });
    }
    await this.create(resource, async () => {
      await make();
      if (!deleteBeforeReplace) {
        prior.replaced(old);
      }
    });
  }

  /**
   * Makes a resource exist to which nothing is to be done, or by nobody whom hooks concern.
   *
   * @throws what `make` throws.
   */
  async keep(resource: RegisteredResource, make: Act): Promise<void> {
    await make();
    (await this.#prior).made(resource);
  }

  /** @throws StepFailed, or what `make` throws. */
  async create(resource: RegisteredResource, make: Act): Promise<void> {
    const { inputs, options } = resource;
    if (options.import !== undefined) {
      // The engine calls no hooks for what it imports.
      await this.keep(resource, make);
      return;
    }
    const subject = { ...identityOf(resource), newInputs: inputs };
    await this.#hooks.run("beforeCreate", options.hooks, subject);
    await this.#hooks.retried("create", options.hooks, subject, () => this.keep(resource, make));
    await this.#after(resource, async () => {
      const id = this.#hooks.isPreview ? undefined : resource.id;
      const made = { ...subject, id, newOutputs: resource.outputs };
      await this.#hooks.run("afterCreate", options.hooks, made);
    });
  }

  /** @throws StepFailed, or what `make` throws. */
  async update(resource: RegisteredResource, old: PriorResource, make: Act): Promise<void> {
    const { inputs, options } = resource;
    const subject: HookSubject = {
      ...identityOf(resource),
      id: old.id,
      newInputs: inputs,
      oldInputs: old.inputs,
      oldOutputs: old.outputs,
    };
    await this.#hooks.run("beforeUpdate", options.hooks, subject);
    await this.#hooks.retried("update", options.hooks, subject, () => this.keep(resource, make));
    await this.#after(resource, async () => {
      const made = { ...subject, newOutputs: resource.outputs };
      await this.#hooks.run("afterUpdate", options.hooks, made);
    });
  }

  /** @throws StepFailed, what `destroy` throws, or Error when the resource is protected. */
  async delete(
    old: PriorResource,
    { destroy, forget, isReplaced = false }: Deletion,
  ): Promise<void> {
    const { urn, type, id, options } = old;
    const { hooks, protect, retainOnDelete } = options;
    const subject: HookSubject = {
      ...identityOf({ urn, type, name: nameOf(urn) }),
      id,
      oldInputs: old.inputs,
      oldOutputs: old.outputs,
    };
    await this.#hooks.run("beforeDelete", hooks, subject);
    if (protect && !isReplaced) {
      throw new StepFailed(urn, isProtected(urn));
    }
    if (destroy && !retainOnDelete) {
      await this.#hooks.retried("delete", hooks, subject, destroy);
    }
    await forget?.();
    await this.#hooks.run("afterDelete", hooks, subject);
  }

  /** Calls the hooks after a component, once the program has given its outputs. */
  async complete({ urn }: RegisteredResource): Promise<void> {
    const completion = this.#completions.get(urn);
    this.#completions.delete(urn);
    await completion?.();
  }

  /**
   * Deletes what was not asked for, and what was replaced.
   *
   * @throws StepFailed.
   */
  async deleteOthers(isOther: (resource: PriorResource) => boolean): Promise<void> {
    const prior = await this.#prior;
    for (const old of prior.gone().filter(isOther)) {
      const forget = () => {
        prior.deleted(old);
      };
      await this.delete(old, { forget, isReplaced: old.isReplaced });
    }
  }

  /** The engine calls those of a component once the program has given its outputs. */
  async #after(resource: RegisteredResource, run: () => Promise<void>): Promise<void> {
    if (resource.custom) {
      await run();
    } else {
      this.#completions.set(resource.urn, run);
    }
  }
}

function identityOf({
  urn,
  name,
  type,
}: Pick<RegisteredResource, "urn" | "name" | "type">): HookSubject {
  return { urn, name, type };
}

function isProtected(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted\nbecause it is protected. ` +
    "Run the program once with the resource and without its protect flag, or start with --fresh"
  );
}
