import { messageOf } from "../message-of";
import { StepFailed } from "./hooks";
import type { Hooks, HookSubject } from "./hooks";
import type { PriorResource, PriorState, PriorStep } from "./prior-state";
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

  /** What there is of a resource, under one of its names. */
  async find(resource: RegisteredResource): Promise<PriorResource | undefined> {
    return (await this.#prior).find(resource);
  }

  /** How a resource gets from its prior state to what is asked for; see {@link PriorState.stepTo}. */
  async to(resource: RegisteredResource): Promise<PriorStep> {
    return await (await this.#prior).stepTo(resource);
  }

  /**
   * Does what brings a resource from its prior state to what is asked for.
   *
   * @param makes makes the resource exist by a step of this kind.
   * @throws StepFailed, or what `makes` throws.
   */
  async take(
    resource: RegisteredResource,
    makes: (kind: PriorStep["kind"]) => void | Promise<void>,
  ): Promise<void> {
    const prior = await this.#prior;
    const step = await prior.stepTo(resource);
    const make = () => makes(step.kind);
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
      await this.delete(old, { ...deletionOf(prior, old), isReplaced: true });
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
    await (await this.#prior).made(resource);
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
   * @param onDeleted gets each, and how many seconds it took.
   * @throws StepFailed.
   */
  async deleteOthers(
    isOther: (resource: PriorResource) => boolean,
    onDeleted: (old: PriorResource, seconds: number) => void,
  ): Promise<void> {
    const prior = await this.#prior;
    const gone = prior.gone().filter(isOther);
    const urns = new Set(gone.map(({ urn }) => urn));
    for (const old of gone) {
      const started = performance.now();
      const goesByItself = urns.has(old.options.deletedWith ?? "");
      const { destroy, forget } = deletionOf(prior, old);
      const deletion = { forget, isReplaced: old.isReplaced, ...(!goesByItself && { destroy }) };
      await this.delete(old, deletion).catch((error: unknown) => {
        throw error instanceof StepFailed
          ? error
          : new StepFailed(old.urn, `deleting ${old.urn}: ${messageOf(error)}`, { cause: error });
      });
      onDeleted(old, (performance.now() - started) / 1000);
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

function deletionOf(prior: PriorState, old: PriorResource) {
  return {
    destroy: () => prior.destroy(old),
    forget: () => {
      prior.deleted(old);
    },
  };
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
