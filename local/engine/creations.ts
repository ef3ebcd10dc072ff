import type { PlannedResource } from "../provider/resource";
import type { DynamicResources } from "./dynamic-resources";
import { isBuiltin } from "./builtin-resources";
import { isDynamic } from "./dynamic-provider";
import type { EngineEvent } from "./events";
import type { Failures } from "./failures";
import { isProviderType } from "./provider-resource";
import type { PriorResource, PriorStep } from "./prior-state";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceSteps } from "./resource-steps";
import { stopped } from "./rpc";

export interface CreationsOptions {
  /** By URN, in the order of their registration. */
  resources: ReadonlyMap<string, RegisteredResource>;
  /** By URN; components have no entry. */
  plans: ReadonlyMap<string, PlannedResource>;
  dynamic: DynamicResources;
  steps: ResourceSteps;
  failures: Failures;
  onEvent: (event: EngineEvent) => void;
}

/** A resource that is next to be created, or a component whose outputs the program has given by then. */
export interface NextCreation {
  resource: RegisteredResource;
  isComplete: boolean;
}

/** Creates the resources of a run, each once. */
export class Creations {
  /** What happens in the order in which the program asked for it. */
  readonly order: NextCreation[] = [];
  readonly #options: CreationsOptions;
  readonly #seconds = new Map<string, Promise<number>>();

  constructor(options: CreationsOptions) {
    this.#options = options;
  }

  /**
   * Creates all resources in their order, and deletes what was not asked for: first what the
   * program's own code has made.
   *
   * @throws the reason why the run has ended, after it has been reported.
   */
  async createAll(): Promise<void> {
    const { steps, dynamic, failures, onEvent } = this.#options;
    try {
      for (const { resource, isComplete } of this.order) {
        if (isComplete) {
          await steps.complete(resource);
          continue;
        }
        const seconds = await this.#create(resource);
        onEvent({
          ...{ kind: "created", resource, seconds },
          onlyRecorded: this.#isOnlyRecorded(resource),
        });
      }
      const onDeleted = (old: PriorResource, seconds: number) => {
        onEvent({ kind: "deleted", resource: old, seconds });
      };
      await dynamic.deleteOthers(onDeleted);
      await steps.deleteOthers(({ type }) => !isDynamic(type), onDeleted);
    } catch (error) {
      failures.throwFailure(error);
    }
  }

  /**
   * Creates a resource while the program runs, after all that it depends on.
   *
   * @throws RpcError after a failure has been reported.
   */
  async createEarly(resource: RegisteredResource): Promise<void> {
    try {
      for (const each of [...this.#neededBy(resource), resource]) {
        await this.#create(each);
      }
    } catch {
      throw stopped();
    }
  }

  /**
   * Creates a resource, unless that is done or under way.
   *
   * @returns how many seconds it took.
   */
  #create(resource: RegisteredResource): Promise<number> {
    const { urn } = resource;
    let seconds = this.#seconds.get(urn);
    if (!seconds) {
      seconds = this.#timed(resource).catch((error: unknown) =>
        this.#options.failures.throwFailure(error, urn, `creating ${urn}: `),
      );
      this.#seconds.set(urn, seconds);
    }
    return seconds;
  }

  /** What a resource depends on, directly or not, in the order of registration. */
  #neededBy(resource: RegisteredResource): RegisteredResource[] {
    const { resources } = this.#options;
    const needed = new Set<string>();
    const queue = [resource];
    for (const { dependencies, parent } of queue) {
      for (const urn of [...dependencies, ...(parent === undefined ? [] : [parent])]) {
        const dependency = resources.get(urn);
        if (dependency && !needed.has(urn)) {
          needed.add(urn);
          queue.push(dependency);
        }
      }
    }
    return [...resources.values()].filter(({ urn }) => needed.has(urn));
  }

  async #timed(resource: RegisteredResource): Promise<number> {
    const { plans, dynamic, steps } = this.#options;
    const started = performance.now();
    if (isDynamic(resource.type)) {
      await dynamic.apply(resource);
    } else {
      await steps.take(resource, (kind) => made(plans.get(resource.urn), kind));
    }
    return (performance.now() - started) / 1000;
  }

  /** Whether nothing but a record of the resource is made, because no one emulates its type. */
  #isOnlyRecorded({ type, custom, urn }: RegisteredResource): boolean {
    const isMade = isProviderType(type) || isBuiltin(type) || isDynamic(type);
    return custom && !isMade && !this.#options.plans.has(urn);
  }
}

function made(plan: PlannedResource | undefined, kind: PriorStep["kind"]): void | Promise<void> {
  const { create, keep = create, update = create } = plan ?? { create: () => undefined };
  switch (kind) {
    case "same":
      return keep();
    case "update":
      return update();
    case "create":
    case "replace":
      return create();
  }
}
