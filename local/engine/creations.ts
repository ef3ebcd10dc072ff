import type { RegisteredResource } from "./registered-resource";

/** Creates the resources of a run, each once. */
export class Creations {
  readonly #resources: ReadonlyMap<string, RegisteredResource>;
  readonly #make: ReadonlyMap<string, () => void | Promise<void>>;
  readonly #seconds = new Map<string, Promise<number>>();

  /**
   * @param resources by URN, in the order of their registration.
   * @param make what makes a resource exist, by URN; components have no entry.
   */
  constructor(
    resources: ReadonlyMap<string, RegisteredResource>,
    make: ReadonlyMap<string, () => void | Promise<void>>,
  ) {
    this.#resources = resources;
    this.#make = make;
  }

  /**
   * Creates a resource, unless that is done or under way.
   *
   * @returns how many seconds it took.
   */
  create({ urn }: RegisteredResource): Promise<number> {
    let seconds = this.#seconds.get(urn);
    if (!seconds) {
      seconds = this.#timed(urn);
      this.#seconds.set(urn, seconds);
    }
    return seconds;
  }

  /** What a resource depends on, directly or not, in the order of registration. */
  neededBy(resource: RegisteredResource): RegisteredResource[] {
    const needed = new Set<string>();
    const queue = [resource];
    for (const { dependencies, parent } of queue) {
      for (const urn of [...dependencies, ...(parent === undefined ? [] : [parent])]) {
        const dependency = this.#resources.get(urn);
        if (dependency && !needed.has(urn)) {
          needed.add(urn);
          queue.push(dependency);
        }
      }
    }
    return [...this.#resources.values()].filter(({ urn }) => needed.has(urn));
  }

  async #timed(urn: string): Promise<number> {
    const started = performance.now();
    await this.#make.get(urn)?.();
    return (performance.now() - started) / 1000;
  }
}
